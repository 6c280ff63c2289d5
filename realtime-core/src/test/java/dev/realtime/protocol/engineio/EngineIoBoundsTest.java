package dev.realtime.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Allocation;
import dev.realtime.testkit.ManualTime;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the body of a POST costs to take apart, and a packet to hear: four times its bytes and a few objects a packet;
 * six times where text has characters beyond Latin-1, of which the JDK's decoder takes five.
 */
class EngineIoBoundsTest {
    private static final EngineIoSettings SETTINGS =
            new EngineIoSettings(Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10), 2_000_000);
    private static final int BASE = 16 * 1024;
    /** The objects that a packet is made of, however small it is. */
    private static final int PACKET = 256;

    private static final int[] SIZES = {0, 1, 100, 10_000, 500_000, 1_000_000};

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyTakesAtMostFourTimesItsBytes(String kind, IntFunction<String> maker) {
        int times = kind.contains("Latin-1") ? 6 : 4;
        for (int size : SIZES) {
            byte[] body = maker.apply(size).getBytes(StandardCharsets.UTF_8);
            int[] packets = new int[1];
            PollPayload.isTaken(body, packet -> ++packets[0] > 0);
            assertThat(Allocation.of(() -> PollPayload.isTaken(body, EngineIoBoundsTest::isRead)))
                    .as("%d bytes", body.length)
                    .isLessThan(BASE + (long) times * body.length + (long) PACKET * packets[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aPacketTakesAtMostFourTimesItsBytes(String kind, IntFunction<String> maker) {
        EngineIoAcceptor acceptor = new EngineIoAcceptor(SETTINGS, new ManualTime(), new RecordingUpper());
        for (int size : SIZES) {
            Frame packet = Frame.text(maker.apply(size));
            assertThat(Allocation.of(() -> {
                        Connection link = acceptor.open(EngineIoFixture.webSocket(), new RecordingTransport());
                        link.received(packet);
                        link.closed(CloseReason.LOST);
                    }))
                    .as("%s of %d bytes", kind, packet.length())
                    .isLessThan(BASE + 4L * packet.length());
        }
    }

    static Stream<Arguments> bodies() {
        Map<String, IntFunction<String>> bodies = new LinkedHashMap<>();
        bodies.put("a message", size -> "4" + "t".repeat(size));
        bodies.put("a message of accents", size -> "4" + "\u00e9".repeat(size / 2));
        bodies.put("a message beyond Latin-1", size -> "4" + "\u20ac".repeat(size / 3));
        bodies.put("a message that ends beyond Latin-1", size -> "4" + "t".repeat(size) + "\u20ac");
        bodies.put("a message beyond the basic plane of Latin-1", size -> "4" + "\ud834\udd1e".repeat(size / 4));
        bodies.put("a binary message", size -> "b" + "AAAA".repeat(size / 4));
        bodies.put("no base64", size -> "b" + "-AAA".repeat(size / 4));
        bodies.put("tiny packets", size -> "6" + "\u001e6".repeat(size / 2));
        bodies.put("tiny messages", size -> "4" + "\u001e4".repeat(size / 2));
        bodies.put("tiny binary messages", size -> "b" + "\u001ebAAAA".repeat(size / 6));
        bodies.put("pongs", size -> "3" + "\u001e3".repeat(size / 2));
        bodies.put("separators", "\u001e"::repeat);
        return bodies.entrySet().stream().map(body -> Arguments.of(body.getKey(), body.getValue()));
    }

    private static boolean isRead(String packet) {
        return !packet.startsWith("b") || Base64Message.decode(packet).isPresent();
    }
}
