package dev.realtime.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What goes into a body comes out of it, packet by packet. */
class PollPayloadRoundTripTest {

    @Property(tries = 500)
    void packetsComeOutAsTheyWentIn(@ForAll("packets") List<Frame> packets) {
        PollPayload payload = new PollPayload();
        payload.add(packets);
        List<String> taken = new ArrayList<>();
        assertThat(PollPayload.isTaken(payload.answer().body(), taken::add)).isTrue();
        assertThat(taken.stream().map(PollPayloadRoundTripTest::meant).toList())
                .isEqualTo(packets.stream().map(PollPayloadRoundTripTest::shown).toList());
    }

    @Property(tries = 500)
    void aReaderThatRefusesAPacketGetsNoFurtherOne(@ForAll("packets") List<Frame> packets) {
        PollPayload payload = new PollPayload();
        payload.add(packets);
        List<String> taken = new ArrayList<>();
        int last = packets.size() / 2;
        boolean isTaken =
                PollPayload.isTaken(payload.answer().body(), packet -> taken.add(packet) && taken.size() <= last);
        assertThat(isTaken).isFalse();
        assertThat(taken).hasSize(last + 1);
    }

    @Provide
    Arbitrary<List<Frame>> packets() {
        Arbitrary<Frame> texts = Arbitraries.strings()
                .excludeChars('\u001e')
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .map(text -> Frame.text("4" + text));
        Arbitrary<Frame> binaries =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Frame::binary);
        return Arbitraries.oneOf(texts, binaries).list().ofMinSize(1).ofMaxSize(8);
    }

    private static String meant(String packet) {
        return packet.startsWith("b") ? shown(Base64Message.decode(packet).orElseThrow()) : packet;
    }

    private static String shown(Frame frame) {
        return frame.isText()
                ? frame.text()
                : "bytes " + List.of(new String(frame.content(), StandardCharsets.ISO_8859_1));
    }
}
