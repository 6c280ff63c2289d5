package dev.realtime.protocol.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCodecTest {
    private final Protocol protocol = new PlainProtocol(PlainSettings.defaults());
    private final Decoder decoder = protocol.newDecoder();

    @Test
    void aConnectCarriesItsData() {
        assertThat(decoded("{\"event\":\"connect\",\"data\":{\"token\":\"t\"}}"))
                .isEqualTo(new Inbound.Connect("/", Optional.of(Payload.parse("{\"token\":\"t\"}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"connect\"}", "{\"event\":\"connect\",\"data\":null,\"id\":\"any\"}"})
    void aConnectNeedsNoData(String text) {
        assertThat(decoded(text)).isEqualTo(new Inbound.Connect("/", Optional.empty()));
    }

    @Test
    void anEventHasANameDataAndAnId() {
        Inbound.Event event = event("{\"id\":7,\"more\":[],\"data\":{\"a\":[1,null]},\"event\":\"room:leave\"}");
        assertThat(event.namespace()).isEqualTo("/");
        assertThat(event.ackId()).isEqualTo(OptionalLong.of(7));
        assertThat(event.body().read())
                .isEqualTo(new Inbound.Call("room:leave", List.of(Payload.parse("{\"a\":[1,null]}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"a\"}", "{\"event\":\"a\",\"data\":null,\"id\":null}"})
    void anEventNeedsNeitherDataNorId(String text) {
        assertThat(event(text).ackId()).isEmpty();
        assertThat(event(text).body().read()).isEqualTo(new Inbound.Call("a", List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, (1L << 53) - 1})
    void anIdIsAWholeNumberOfJavaScript(long id) {
        assertThat(event("{\"event\":\"a\",\"id\":" + id + "}").ackId()).isEqualTo(OptionalLong.of(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.5", "9007199254740992", "1e400", "\"1\"", "true", "[]", "{}"})
    void anyOtherIdIsABadFrame(String id) {
        assertBad("{\"event\":\"a\",\"id\":" + id + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "{\"event\":\"a\"} x",
                "null",
                "1",
                "[]",
                "[\"a\",{}]",
                "\"event\"",
                "{}",
                "{\"data\":{}}",
                "{\"event\":null}",
                "{\"event\":1}",
                "{\"event\":{}}",
                "{\"reply\":1,\"data\":{}}",
                "{\"event\":\"connect_error\"}",
                "{\"event\":\"disconnect\"}",
                "{\"event\":\"disconnecting\"}",
                "{\"event\":\"connect\",\"data\":\"token\"}",
                "{\"event\":\"connect\",\"data\":[]}",
            })
    void aFrameThatSaysNothingIsBad(String text) {
        assertBad(text);
    }

    @Test
    void aBinaryFrameIsBad() {
        assertThatThrownBy(() -> decoder.decode(Frame.binary("{\"event\":\"a\"}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aSecondConnectIsBad() {
        decoded("{\"event\":\"connect\"}");
        assertBad("{\"event\":\"connect\"}");
    }

    @Test
    void nestingEndsAtThirtyTwoLevels() {
        assertThat(event("{\"event\":\"a\",\"data\":" + "[".repeat(31) + "]".repeat(31) + "}")
                        .body()
                        .read()
                        .arguments())
                .hasSize(1);
        assertBad("{\"event\":\"a\",\"data\":" + "[".repeat(32) + "]".repeat(32) + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_binary", "\\u005fbinary"})
    void bytesAreReadFromBase64WhereverTheyStand(String field) {
        Payload data = event("{\"event\":\"a\",\"data\":{\"file\":[{\"" + field + "\":\"AQID\"}]}}")
                .body()
                .read()
                .arguments()
                .get(0);
        Payload file = data.get("file").orElseThrow().elements().get(0);
        assertThat(file.is(Payload.Kind.BINARY)).isTrue();
        assertThat(file.asBytes()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_binary\":\"AQID\",\"more\":1}",
                "{\"_binary\":\"AQI\"}",
                "{\"_binary\":\"====\"}",
                "{\"_binary\":\"A_-D\"}",
                "{\"_binary\":1}",
                "{\"_binary\":null}",
                "\"_binary\"",
            })
    void whatOnlyLooksLikeBytesIsItself(String data) {
        assertThat(event("{\"event\":\"a\",\"data\":" + data + "}")
                        .body()
                        .read()
                        .arguments())
                .containsExactly(Payload.parse(data));
    }

    @Test
    void anEventIsOneObject() {
        assertThat(encoded(said("message:new", Payload.parse("{\"message\":\"hi\"}"))))
                .containsExactly("{\"event\":\"message:new\",\"data\":{\"message\":\"hi\"}}");
        assertThat(encoded(said("none"))).containsExactly("{\"event\":\"none\"}");
        assertThat(encoded(said("more", Payload.of(1), Payload.of(2))))
                .containsExactly("{\"event\":\"more\",\"data\":1}");
        assertThat(encoded(said("say \"hé\"", Payload.of(true))))
                .containsExactly("{\"event\":\"say \\\"hé\\\"\",\"data\":true}");
    }

    @Test
    void anAckIsAReply() {
        assertThat(encoded(new Outbound.Ack("/", 7, List.of(Payload.parse("{\"success\":true}")))))
                .containsExactly("{\"reply\":7,\"data\":{\"success\":true}}");
    }

    @Test
    void aRefusedConnectIsAnError() {
        Payload data = Payload.parse("{\"code\":\"token_expired\"}");
        assertThat(encoded(new Outbound.Refused("/", "Authentication error: Token expired", Optional.of(data))))
                .containsExactly(
                        "{\"error\":{\"code\":\"token_expired\",\"message\":\"Authentication error: Token expired\"}}");
        assertThat(encoded(new Outbound.Refused("/", "Invalid namespace", Optional.empty())))
                .containsExactly("{\"error\":{\"message\":\"Invalid namespace\"}}");
    }

    @Test
    void theGreetingCarriesTheSecretAndTheOffset() {
        SessionId session = SessionId.random();
        Outbound.Event greeting = new Outbound.Event(
                "/", "connected", List.of(Payload.parse("{\"userId\":\"ana\"}")), Optional.of("1.e"));
        assertThat(encoded(new Outbound.Connected("/", session, Optional.of("secret"), Optional.of(greeting))))
                .containsExactly(
                        "{\"event\":\"connected\",\"data\":{\"userId\":\"ana\",\"pid\":\"secret\"},\"offset\":\"1.e\"}");
    }

    @Test
    void theGreetingAndTheCloseCodeSayTheRest() {
        assertThat(protocol.encode(new Outbound.Connected("/", SessionId.random())))
                .isEmpty();
        assertThat(protocol.encode(new Outbound.Disconnected("/"))).isEmpty();
    }

    @Test
    void bytesAreWrittenAsBase64() {
        assertThat(encoded(said("file", Payload.of(Map.of("content", new byte[] {1, 2, 3})))))
                .containsExactly("{\"event\":\"file\",\"data\":{\"content\":{\"_binary\":\"AQID\"}}}");
        assertThat(encoded(said("file", Payload.of(new byte[0]))))
                .containsExactly("{\"event\":\"file\",\"data\":{\"_binary\":\"\"}}");
    }

    private Inbound decoded(String text) {
        return decoder.decode(Frame.text(text)).orElseThrow();
    }

    private Inbound.Event event(String text) {
        return (Inbound.Event) decoded(text);
    }

    private void assertBad(String text) {
        assertThatThrownBy(() -> decoder.decode(Frame.text(text))).isInstanceOf(ProtocolException.class);
    }

    private static Outbound said(String name, Payload... arguments) {
        return new Outbound.Event("/", name, List.of(arguments));
    }

    private List<String> encoded(Outbound message) {
        return protocol.encode(message).stream().map(Frame::text).toList();
    }
}
