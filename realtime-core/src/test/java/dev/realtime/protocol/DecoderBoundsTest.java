package dev.realtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.testkit.Allocation;
import dev.realtime.testkit.HostileJson;
import dev.realtime.transport.Frame;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a packet costs to decode: four times its bytes before anybody reads its JSON, and 64 times with it. A cost
 * that grew with the square of the size would be far beyond at the larger sizes.
 */
class DecoderBoundsTest {
    private static final int BASE = 16 * 1024;
    private static final int[] SIZES = {0, 100, 10_000, 200_000};

    private static final Map<String, IntFunction<String>> HEADERS = Map.of(
            "digits", size -> "42" + "1".repeat(size),
            "zeros", size -> "42" + "0".repeat(size) + "[]",
            "a count of attachments", size -> "45" + "0".repeat(size) + "1-[\"a\"]",
            "a namespace", size -> "40/" + "n".repeat(size),
            "a namespace of many", size -> "40" + "/".repeat(size) + ",",
            "a namespace beyond Latin-1", size -> "42/" + "n".repeat(size) + "\u20ac,[\"a\"]",
            "commas", size -> "42" + ",".repeat(size),
            "a body", size -> "42[\"" + "t".repeat(size) + "\"]",
            "a body beyond Latin-1", size -> "42[\"" + "t".repeat(size) + "\u20ac\"]",
            "a body with attachments", size -> "4510-[\"" + "t".repeat(size) + "\"]");

    private final Protocol socketIo = new SocketIoProtocol(SocketIoSettings.defaults());
    private final Protocol plain = new PlainProtocol(PlainSettings.defaults());

    @ParameterizedTest
    @MethodSource("headers")
    void aPacketThatIsNotReadTakesAtMostFourTimesItsBytes(HostileJson.Kind kind) {
        for (int size : SIZES) {
            Frame frame = Frame.text(kind.of(size));
            assertTakes(4, socketIo, List.of(frame), false);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEventOfSocketIoTakesAtMost64TimesItsBytes(HostileJson.Kind kind) {
        for (int size : SIZES) {
            String json = kind.of(size);
            assertTakes(64, socketIo, List.of(Frame.text("42[\"a\"," + json + "]")), true);
            assertTakes(64, socketIo, List.of(Frame.text("40" + json)), true);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEventWithAttachmentsTakesAtMost64TimesItsBytes(HostileJson.Kind kind) {
        for (int size : SIZES) {
            String json = kind.of(size);
            Frame empty = Frame.binary(new byte[0]);
            assertTakes(64, socketIo, List.of(Frame.text("451-[\"a\"," + json + "]"), empty), true);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFrameOfThePlainProtocolTakesAtMost64TimesItsBytes(HostileJson.Kind kind) {
        for (int size : SIZES) {
            String json = kind.of(size);
            assertTakes(64, plain, List.of(Frame.text("{\"event\":\"a\",\"data\":" + json + "}")), true);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void attachmentsTakeAtMostFourTimesTheirBytes(int size) {
        for (int count : new int[] {1, 10}) {
            Frame header = Frame.text("45" + count + "-[\"a\",{\"_placeholder\":true,\"num\":0}]");
            List<Frame> frames = Stream.concat(
                            Stream.of(header),
                            Collections.nCopies(count, Frame.binary(new byte[size / count])).stream())
                    .toList();
            assertTakes(4, socketIo, frames, true);
        }
    }

    static Stream<HostileJson.Kind> headers() {
        return HEADERS.entrySet().stream().map(header -> new HostileJson.Kind(header.getKey(), header.getValue()));
    }

    static Stream<HostileJson.Kind> kinds() {
        return HostileJson.all();
    }

    static IntStream sizes() {
        return IntStream.of(SIZES);
    }

    private static void assertTakes(int times, Protocol protocol, List<Frame> frames, boolean isRead) {
        long bytes = frames.stream().mapToLong(Frame::length).sum();
        assertThat(Allocation.of(() -> decode(protocol.newDecoder(), frames, isRead)))
                .as("%d bytes", bytes)
                .isLessThan(BASE + times * bytes);
    }

    private static void decode(Decoder decoder, List<Frame> frames, boolean isRead) {
        try {
            for (Frame frame : frames) {
                decoder.decode(frame)
                        .filter(inbound -> isRead)
                        .filter(Inbound.Event.class::isInstance)
                        .ifPresent(event -> ((Inbound.Event) event).body().read());
            }
        } catch (ProtocolException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
