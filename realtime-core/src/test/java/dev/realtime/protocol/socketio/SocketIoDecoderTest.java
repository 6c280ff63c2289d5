package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoDecoderTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private final Decoder decoder = fresh(SocketIoSettings.defaults());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "unknown type                              | 47",
                "unknown type, a letter                    | 4abc",
                "no type                                   | 4",
                "nothing                                   | ~~",
                "not a message                             | 2",
                "broken JSON                               | 42[\"a\"",
                "broken JSON inside                        | 42[\"a\",{]",
                "two lists                                 | 42[\"a\"][\"b\"]",
                "trailing garbage                          | 42[\"a\"]x",
                "JSON nested too deep                      | 42[\"a\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
                "object instead of a list for EVENT        | 42{\"a\":1}",
                "null instead of a list for EVENT          | 42null",
                "42[]                                      | 42[]",
                "42[null]                                  | 42[null]",
                "event name an object                      | 42[{}]",
                "event name a list                         | 42[[]]",
                "event name a boolean                      | 42[true]",
                "42 without a payload                      | 42",
                "42 with an id and without a payload       | 421",
                "EVENT with a namespace alone              | 42/x",
                "EVENT with a namespace, no payload        | 42/x,",
                "reserved name connect                     | 42[\"connect\"]",
                "reserved name connect_error               | 42[\"connect_error\",1]",
                "reserved name disconnect                  | 42[\"disconnect\"]",
                "reserved name disconnecting               | 42[\"disconnecting\"]",
                "reserved name in a binary event           | 451-[\"disconnect\",{\"_placeholder\":true,\"num\":0}]",
                "negative ack id                           | 42-1[\"a\"]",
                "letters for an ack id                     | 42abc[\"a\"]",
                "ack id with a fraction                    | 421.5[\"a\"]",
                "ack id of 30 digits                       | 42123456789012345678901234567890[\"a\"]",
                "ack id 2^53                               | 429007199254740992[\"a\"]",
                "ack id that overflows a long to 1         | 4218446744073709551617[\"a\"]",
                "ACK with an object                        | 431{\"a\":1}",
                "ACK with null                             | 431null",
                "ACK with broken JSON                      | 431[",
                "ACK without id with broken JSON           | 43[",
                "ACK with an id too large                  | 439007199254740992[]",
                "DISCONNECT with a payload                 | 41{\"a\":1}",
                "DISCONNECT with a list                    | 41[]",
                "DISCONNECT of a namespace with a payload  | 41/x,{}",
                "CONNECT_ERROR from a client               | 44{\"message\":\"x\"}",
                "CONNECT_ERROR of a namespace              | 44/x,{\"message\":\"x\"}",
                "CONNECT with null                         | 40null",
                "CONNECT with a list                       | 40[]",
                "CONNECT with a text                       | 40\"x\"",
                "CONNECT with a number                     | 401",
                "CONNECT with an id                        | 401{}",
                "CONNECT with broken JSON                  | 40{",
                "CONNECT with two objects                  | 40{}{}",
                "attachment count 0                        | 450-[\"a\"]",
                "attachment count 0 for an ack             | 460-1[\"a\"]",
                "attachment count 11                       | 4511-[\"a\"]",
                "attachment count beyond any number        | 4599999999999999999999999-[\"a\"]",
                "count without dash                        | 451[\"a\"]",
                "no count                                  | 45[\"a\"]",
                "dash without count                        | 45-[\"a\"]",
                "negative count                            | 45-1-[\"a\"]",
                "count alone                               | 451",
                "BINARY_EVENT without payload              | 451-",
                "BINARY_EVENT with an object               | 451-{}",
                "BINARY_ACK with an object                 | 461-1{}",
                "placeholder index out of range            | 451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
                "placeholder index negative                | 451-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
                "placeholder index with a fraction         | 451-[\"a\",{\"_placeholder\":true,\"num\":0.5}]",
                "placeholder index not a number            | 451-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "placeholder index huge                    | 451-[\"a\",{\"_placeholder\":true,\"num\":1e400}]",
                "placeholder index null                    | 451-[\"a\",{\"_placeholder\":true,\"num\":null}]",
                "placeholder index absent                  | 451-[\"a\",{\"_placeholder\":true}]",
                "placeholder for a name                    | 451-[{\"_placeholder\":true,\"num\":0}]",
                "placeholder for the list                  | 451-{\"_placeholder\":true,\"num\":0}",
                "BINARY_ACK with a bad placeholder         | 461-1[{\"_placeholder\":true,\"num\":7}]",
            })
    void closes(String name, String packet) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> {
            Optional<Inbound> inbound = decoder.decode(Frame.text(packet));
            if (inbound.filter(Inbound.Begun.class::isInstance).isPresent()
                    && (packet.startsWith("45") || packet.startsWith("46"))) {
                inbound = decoder.decode(Frame.binary(new byte[] {1}));
            }
            ((Inbound.Event) inbound.orElseThrow()).body().read();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ACK without id       | 43[]     | /  | []",
                "ACK without payload  | 431      | /  | []",
                "ACK with neither     | 43       | /  | []",
                "ACK of a namespace   | 43/x,[1] | /x | [1]",
            })
    void answersNothing(String name, String packet, String namespace, String arguments) {
        assertThat(decoder.decode(Frame.text(packet)))
                .contains(new Inbound.Ack(
                        namespace,
                        OptionalLong.empty(),
                        Payload.parse(arguments).elements()));
        assertThat(decoder.decode(Frame.text("41"))).contains(new Inbound.Disconnect("/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40                | /             |",
                "40{}              | /             | {}",
                "40{\"token\":\"x\"} | /           | {\"token\":\"x\"}",
                "40/,              | /             |",
                "40/x              | /x            |",
                "40/x,             | /x            |",
                "40/x,{\"a\":[1]}  | /x            | {\"a\":[1]}",
                "40/x?y=1          | /x?y=1        |",
                "40/x?y=1,{}       | /x?y=1        | {}",
                "40/x{\"a\":1}     | /x{\"a\":1}   |",
                "40/1              | /1            |",
            })
    void aConnectNamesItsNamespace(String packet, String namespace, String data) {
        assertThat(decoder.decode(Frame.text(packet)))
                .contains(
                        new Inbound.Connect(namespace, Optional.ofNullable(data).map(Payload::parse)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"41 | /", "41/, | /", "41/custom | /custom", "41/custom, | /custom"})
    void aDisconnectNamesItsNamespace(String packet, String namespace) {
        assertThat(decoder.decode(Frame.text(packet))).contains(new Inbound.Disconnect(namespace));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"a\"]                     | /    |                  | a   | []",
                "420[\"a\",1]                  | /    | 0                | a   | [1]",
                "4200[\"a\",1]                 | /    | 0                | a   | [1]",
                "429007199254740991[\"a\"]     | /    | 9007199254740991 | a   | []",
                "42/x,[\"a\",null,[],{\"b\":1.5}] | /x |                 | a   | [null,[],{\"b\":1.5}]",
                "42/x,12[\"a\"]                | /x   | 12               | a   | []",
                "42/,12[\"a\"]                 | /    | 12               | a   | []",
                "42[\"a,b\",\"c]\"]            | /    |                  | a,b | [\"c]\"]",
                "42[7,1]                       | /    |                  | 7   | [1]",
                "42[1.5]                       | /    |                  | 1.5 | []",
                "42[\"\",1]                    | /    |                  | ''  | [1]",
                "42[\"newListener\"]           | /    |                  | newListener | []",
                "42[ \"a\" , 1 ]               | /    |                  | a   | [1]",
            })
    void anEventIsReadWithItsArguments(String packet, String namespace, Long id, String name, String arguments) {
        Inbound.Event event = event(packet);
        assertThat(event.namespace()).isEqualTo(namespace);
        assertThat(event.ackId()).isEqualTo(id == null ? OptionalLong.empty() : OptionalLong.of(id));
        assertThat(event.body().read().event()).isEqualTo(name);
        assertThat(Payload.array(event.body().read().arguments()).toString()).isEqualTo(arguments);
    }

    @Test
    void anAckIsReadAtOnce() {
        assertThat(decoder.decode(Frame.text("430[]"))).contains(new Inbound.Ack("/", OptionalLong.of(0), List.of()));
        assertThat(decoder.decode(Frame.text("43/x,12[1,\"a\"]")))
                .contains(new Inbound.Ack("/x", OptionalLong.of(12), List.of(Payload.of(1), Payload.of("a"))));
    }

    @Test
    void theJsonOfAnEventIsNotReadBeforeItsBody() {
        Inbound.Event event = event("42[broken");
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> event.body().read());
    }

    @Test
    void whatLooksLikeAPlaceholderInAPlainEventStaysAnObject() {
        Inbound.Call call = event("42[\"a\"," + PLACEHOLDER + "]").body().read();
        assertThat(call.arguments().get(0).toString()).isEqualTo(PLACEHOLDER);
        assertThat(call.arguments().get(0).hasBinary()).isFalse();
    }

    @Test
    void thirtyTwoLevelsAreReadWithTheListAsTheFirst() {
        String deepest = "[".repeat(31) + "]".repeat(31);
        assertThat(event("42[\"a\"," + deepest + "]")
                        .body()
                        .read()
                        .arguments()
                        .get(0)
                        .toString())
                .isEqualTo(deepest);
    }

    @Test
    void attachmentsTakeTheirPlaces() {
        assertThat(
                        decoder.decode(
                                Frame.text(
                                        "453-/x,7[\"a\",{\"deep\":[{\"_placeholder\":true,\"num\":2}]},{\"_placeholder\":true,\"num\":0}]")))
                .contains(new Inbound.Begun("/x"));
        assertThat(decoder.decode(Frame.binary(new byte[] {1}))).isEmpty();
        assertThat(decoder.decode(Frame.binary(new byte[0]))).isEmpty();
        Inbound.Event event =
                (Inbound.Event) decoder.decode(Frame.binary(new byte[] {3})).orElseThrow();
        assertThat(event.namespace()).isEqualTo("/x");
        assertThat(event.ackId()).hasValue(7);
        assertThat(event.body().read().arguments())
                .containsExactly(Payload.of(Map.of("deep", List.of(new byte[] {3}))), Payload.of(new byte[] {1}));
        assertThat(event("42[\"next\"]").body().read().event()).isEqualTo("next");
    }

    @Test
    void thePlaceholderMayStandTwiceOrNotAtAll() {
        String twice = "[\"a\"," + PLACEHOLDER + "," + PLACEHOLDER + "]";
        decoder.decode(Frame.text("452-" + twice));
        decoder.decode(Frame.binary(new byte[] {1}));
        Inbound.Event event =
                (Inbound.Event) decoder.decode(Frame.binary(new byte[] {2})).orElseThrow();
        assertThat(event.body().read().arguments())
                .containsExactly(Payload.of(new byte[] {1}), Payload.of(new byte[] {1}));
    }

    @Test
    void anObjectThatOnlyResemblesAPlaceholderStaysInABinaryEvent() {
        decoder.decode(
                Frame.text("451-[\"a\",{\"_placeholder\":\"true\",\"num\":9},{\"_placeholder\":false,\"num\":9}]"));
        Inbound.Event event =
                (Inbound.Event) decoder.decode(Frame.binary(new byte[] {1})).orElseThrow();
        assertThat(event.body().read().arguments())
                .extracting(Payload::toString)
                .containsExactly("{\"_placeholder\":\"true\",\"num\":9}", "{\"_placeholder\":false,\"num\":9}");
    }

    @Test
    void aBinaryAckIsReadWhenItIsWhole() {
        assertThat(decoder.decode(Frame.text("461-/x,3[" + PLACEHOLDER + "]"))).contains(new Inbound.Begun("/x"));
        assertThat(decoder.decode(Frame.binary(new byte[] {5})))
                .contains(new Inbound.Ack("/x", OptionalLong.of(3), List.of(Payload.of(new byte[] {5}))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"461-", "461-5", "461-[]", "461-/x,[]"})
    void aBinaryAckOfNothingAnswersNothing(String packet) {
        String namespace = packet.contains("/x") ? "/x" : "/";
        assertThat(decoder.decode(Frame.text(packet))).contains(new Inbound.Begun(namespace));
        assertThat(decoder.decode(Frame.binary(new byte[] {5})))
                .contains(new Inbound.Ack(namespace, OptionalLong.empty(), List.of()));
        assertThat(decoder.decode(Frame.text("41"))).contains(new Inbound.Disconnect("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"a\"]", "40", "41", "431[]", "451-[\"b\"]"})
    void aPacketBetweenAttachmentsCloses(String packet) {
        decoder.decode(Frame.text("452-[\"a\"]"));
        decoder.decode(Frame.binary(new byte[] {1}));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.decode(Frame.text(packet)));
    }

    @Test
    void aBinaryFrameWithoutAHeaderCloses() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.decode(Frame.binary(new byte[] {1})));
    }

    @Test
    void oneAttachmentTooManyCloses() {
        decoder.decode(Frame.text("451-[\"a\"]"));
        decoder.decode(Frame.binary(new byte[] {1}));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.decode(Frame.binary(new byte[] {1})));
    }

    @Test
    void tenAttachmentsAreTheDefaultBound() {
        assertThat(decoder.decode(Frame.text("4510-[\"a\"]"))).contains(new Inbound.Begun("/"));
        for (int i = 0; i < 9; i++) {
            assertThat(decoder.decode(Frame.binary(new byte[] {1}))).isEmpty();
        }
        assertThat(decoder.decode(Frame.binary(new byte[] {1}))).isPresent();
    }

    @Test
    void theBytesOfAttachmentsAreBoundedTogether() {
        Decoder bounded = bounded();
        bounded.decode(Frame.text("453-[\"a\"]"));
        bounded.decode(Frame.binary(new byte[60]));
        bounded.decode(Frame.binary(new byte[40]));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> bounded.decode(Frame.binary(new byte[1])));
    }

    @Test
    void oneAttachmentNamedManyTimesCannotGrowBeyondTheBound() {
        Decoder bounded = bounded();
        bounded.decode(Frame.text("451-[\"a\"," + PLACEHOLDER + "," + PLACEHOLDER + "," + PLACEHOLDER + "]"));
        Inbound.Event event =
                (Inbound.Event) bounded.decode(Frame.binary(new byte[40])).orElseThrow();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> event.body().read());
    }

    @Test
    void theMessageOfAnExceptionDoesNotRepeatThePacket() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.decode(Frame.text("40{\"token\":\"secret\"")))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret", "token"));
    }

    private static Decoder bounded() {
        return fresh(new SocketIoSettings(EngineIoSettings.defaults(), 10, 100, Duration.ofSeconds(1)));
    }

    private static Decoder fresh(SocketIoSettings settings) {
        return new SocketIoProtocol(settings).newDecoder();
    }

    private Inbound.Event event(String packet) {
        return (Inbound.Event) decoder.decode(Frame.text(packet)).orElseThrow();
    }
}
