package dev.realtime.protocol.plain;

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
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class PlainRoundTripTest {
    private static final Set<String> RESERVED = Set.of("connect", "connect_error", "disconnect", "disconnecting");

    private final Protocol protocol = new PlainProtocol(PlainSettings.defaults());

    @Property(tries = 1000)
    void anEventComesBackAsItWas(@ForAll("names") String name, @ForAll("values") Payload data) {
        Inbound.Call call = new Inbound.Call(name, List.of(data));
        assertThat(callIn(only(new Outbound.Event("/", name, List.of(data))))).isEqualTo(call);
    }

    @Property(tries = 1000)
    void aReplyCarriesItsNumberAndItsData(@ForAll("ids") long id, @ForAll("values") Payload data) {
        Payload reply =
                Payload.parse(only(new Outbound.Ack("/", id, List.of(data))).text());
        assertThat(reply.get("reply").map(Payload::asLong)).contains(id);
        assertThat(reply.get("data").map(value -> BinaryValues.read(value, reply.toString())))
                .contains(data);
    }

    @Property(tries = 4000)
    void nothingButAProtocolExceptionComesOutOfAnyText(@ForAll("texts") String text) {
        Decoder decoder = protocol.newDecoder();
        try {
            decoder.decode(Frame.text(text)).ifPresent(this::sendOn);
        } catch (ProtocolException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().filter(PlainRoundTripTest::isWhole).filter(name -> !RESERVED.contains(name));
    }

    @Provide
    Arbitrary<Long> ids() {
        return Arbitraries.longs().between(0, (1L << 53) - 1);
    }

    @Provide
    Arbitrary<Payload> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().filter(PlainRoundTripTest::isWhole).map(text -> text),
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

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> json = Arbitraries.oneOf(
                values().map(Payload::toString),
                Arbitraries.of("{\"_binary\":\"AQID\"}", "{\"_binary\":{}}", "null", "[[", "1e999", "\"\\ud800\""),
                Arbitraries.strings()
                        .withChars("[]{}\"\\:,0123456789.eE-+ntfu_")
                        .ofMaxLength(30),
                Arbitraries.strings());
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of("\"a\"", "\"connect\"", "\"disconnect\"", "\"\\ud83d\"", "\"\""), json);
        return Arbitraries.oneOf(
                Combinators.combine(name, json, json)
                        .as((event, data, id) -> "{\"event\":" + event + ",\"data\":" + data + ",\"id\":" + id + "}"),
                Combinators.combine(name, json)
                        .as((event, data) -> "{\"event\":" + event + ",\"data\":" + data + ",\"id\":3}"),
                json);
    }

    /** What was accepted can also be sent on. */
    private void sendOn(Inbound inbound) {
        if (inbound instanceof Inbound.Event event) {
            Inbound.Call call = event.body().read();
            assertThat(callIn(only(new Outbound.Event("/", call.event(), call.arguments()))))
                    .isEqualTo(call);
        }
    }

    private Frame only(Outbound message) {
        List<Frame> frames = protocol.encode(message);
        assertThat(frames).hasSize(1);
        return Frame.text(frames.get(0).text());
    }

    private Inbound.Call callIn(Frame frame) {
        Inbound inbound = protocol.newDecoder().decode(frame).orElseThrow();
        return ((Inbound.Event) inbound).body().read();
    }

    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
