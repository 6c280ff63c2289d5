package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class SocketIoRoundTripTest {
    private static final Set<String> RESERVED = Set.of("connect", "connect_error", "disconnect", "disconnecting");

    private final Protocol protocol = new SocketIoProtocol(SocketIoSettings.defaults());

    @Property(tries = 500)
    void anEventComesBackAsItWas(
            @ForAll("namespaces") String namespace, @ForAll("names") String name, @ForAll("lists") List<Payload> args) {
        Inbound.Event event = (Inbound.Event)
                decoded(new Outbound.Event(namespace, name, args)).orElseThrow();
        assertThat(event.namespace()).isEqualTo(namespace);
        assertThat(event.ackId()).isEqualTo(OptionalLong.empty());
        assertThat(event.body().read()).isEqualTo(new Inbound.Call(name, args));
    }

    @Property(tries = 500)
    void anAckComesBackAsItWas(
            @ForAll("namespaces") String namespace, @ForAll("ids") long id, @ForAll("lists") List<Payload> args) {
        assertThat(decoded(new Outbound.Ack(namespace, id, args)))
                .contains(new Inbound.Ack(namespace, OptionalLong.of(id), args));
    }

    @Property(tries = 300)
    void aDisconnectComesBackAsItWas(@ForAll("namespaces") String namespace) {
        assertThat(decoded(new Outbound.Disconnected(namespace))).contains(new Inbound.Disconnect(namespace));
    }

    @Property(tries = 3000)
    void nothingButAProtocolExceptionComesOutOfAnyText(@ForAll("packets") String packet) {
        assertDecodes(List.of(Frame.text(packet)));
    }

    @Property(tries = 1000)
    void nothingButAProtocolExceptionComesOutOfAnySequence(@ForAll("sequences") List<Frame> frames) {
        assertDecodes(frames);
    }

    @Provide
    Arbitrary<String> namespaces() {
        return Arbitraries.oneOf(
                Arbitraries.just("/"),
                Arbitraries.strings()
                        .excludeChars(',')
                        .filter(SocketIoRoundTripTest::isWhole)
                        .map(text -> "/" + text));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().filter(SocketIoRoundTripTest::isWhole).filter(name -> !RESERVED.contains(name));
    }

    @Provide
    Arbitrary<Long> ids() {
        return Arbitraries.longs().between(0, (1L << 53) - 1);
    }

    /** At most ten binary values, or the encoder rightly refuses. */
    @Provide
    Arbitrary<List<Payload>> lists() {
        return values().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> packets() {
        Arbitrary<String> json = Arbitraries.oneOf(
                values().map(value -> "[\"a\"," + value + "]"),
                values().map(Payload::toString),
                Arbitraries.strings()
                        .withChars("[]{}\"\\:,0123456789.eE-+ntfu_")
                        .ofMaxLength(30),
                Arbitraries.strings());
        Arbitrary<String> header =
                Arbitraries.strings().withChars("0123456789-/,ab").ofMaxLength(8);
        return Arbitraries.oneOf(
                Combinators.combine(header, json).as((h, j) -> "4" + h + j),
                json.map(text -> "42" + text),
                json.map(text -> "431" + text),
                json.map(text -> "40" + text),
                Arbitraries.strings());
    }

    @Provide
    Arbitrary<List<Frame>> sequences() {
        Arbitrary<Frame> binaryHeader = Arbitraries.of(
                        "451-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                        "452-[\"a\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":3}]",
                        "461-1[{\"_placeholder\":true,\"num\":0}]",
                        "461-")
                .map(Frame::text);
        Arbitrary<Frame> binary =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(Frame::binary);
        return Arbitraries.frequencyOf(
                        Tuple.of(3, binaryHeader),
                        Tuple.of(4, binary),
                        Tuple.of(1, packets().map(Frame::text)))
                .list()
                .ofMaxSize(6);
    }

    private static Arbitrary<Payload> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().filter(SocketIoRoundTripTest::isWhole).map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.of(true, false).map(bool -> bool),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(bytes -> bytes));
        Arbitrary<Object> branch = Arbitraries.oneOf(
                leaf.list().ofMaxSize(3).map(list -> list),
                Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(6), leaf)
                        .ofMaxSize(3)
                        .map(HashMap::new),
                leaf.map(value -> List.of(Map.of("deep", List.of(value)))));
        return Arbitraries.frequencyOf(Tuple.of(2, leaf), Tuple.of(1, branch)).map(Payload::of);
    }

    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private Optional<Inbound> decoded(Outbound message) {
        Decoder decoder = protocol.newDecoder();
        Optional<Inbound> inbound = Optional.empty();
        for (Frame frame : protocol.encode(message)) {
            assertThat(inbound.filter(part -> !(part instanceof Inbound.Begun))).isEmpty();
            inbound = decoder.decode(asReceived(frame));
        }
        return inbound;
    }

    private static Frame asReceived(Frame frame) {
        return frame.isText() ? Frame.text(frame.text()) : Frame.binary(frame.content());
    }

    private void assertDecodes(List<Frame> frames) {
        Decoder decoder = protocol.newDecoder();
        try {
            for (Frame frame : frames) {
                decoder.decode(frame).ifPresent(SocketIoRoundTripTest::readAndEncode);
            }
        } catch (ProtocolException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** What was accepted can also be sent on. */
    private static void readAndEncode(Inbound inbound) {
        if (inbound instanceof Inbound.Event event) {
            Inbound.Call call = event.body().read();
            List<Frame> frames = new SocketIoProtocol(SocketIoSettings.defaults())
                    .encode(new Outbound.Event(event.namespace(), call.event(), call.arguments()));
            assertThat(frames).isNotEmpty();
        }
    }
}
