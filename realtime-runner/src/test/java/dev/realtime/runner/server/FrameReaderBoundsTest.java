package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Allocation;
import dev.realtime.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the bytes of a client are cut, reading them allocates at most four times as many and a few objects a
 * message; eight times where text has characters beyond Latin-1, of which the JDK's decoder takes five. Anything that grew with the square of
 * the size would be far beyond at the larger sizes.
 */
class FrameReaderBoundsTest {
    private static final int LIMIT = 1_000_000;
    private static final int BASE = 16 * 1024;
    /** The objects that a message is made of, however small it is. */
    private static final int MESSAGE = 64;

    private static final int[] SIZES = {0, 1, 100, 10_000, 65_537, 500_000, 524_289, 1_000_000};
    private static final int[] PIECES = {1_000, 8_192, 65_536, Integer.MAX_VALUE};

    @ParameterizedTest
    @MethodSource("kinds")
    void readingTakesAtMostFourTimesTheBytes(String kind, IntFunction<byte[]> maker) {
        int times = kind.contains("Latin-1") ? 8 : 4;
        for (int size : SIZES) {
            byte[] stream = maker.apply(size);
            for (int piece : PIECES) {
                long bound = BASE + (long) times * stream.length + (long) MESSAGE * messagesIn(stream);
                assertThat(Allocation.of(() -> read(stream, piece)))
                        .as("%d bytes in pieces of %d", stream.length, piece)
                        .isLessThan(bound);
            }
        }
    }

    static Stream<Arguments> kinds() {
        return streams().entrySet().stream().map(stream -> Arguments.of(stream.getKey(), stream.getValue()));
    }

    private static Map<String, IntFunction<byte[]>> streams() {
        Map<String, IntFunction<byte[]>> streams = new LinkedHashMap<>();
        streams.put("a text", size -> RawSocket.masked(0x81, ascii(size)));
        streams.put("a binary message", size -> RawSocket.masked(0x82, new byte[size]));
        streams.put("a text beyond Latin-1", size -> RawSocket.masked(0x81, mixed(size)));
        streams.put("fragments of one byte", size -> fragments(size / 7, 1));
        streams.put("fragments of 100 bytes", size -> fragments(size / 107, 100));
        streams.put("fragments of 70000 bytes", size -> fragments(size / 70_000, 70_000));
        streams.put("empty fragments", size -> fragments(size / 6, 0));
        streams.put("empty texts", size -> repeated(RawSocket.masked(0x81, new byte[0]), size));
        streams.put("short texts", size -> repeated(RawSocket.masked(0x81, ascii(12)), size));
        streams.put("pings", size -> repeated(RawSocket.masked(0x89, new byte[125]), size));
        streams.put("pongs", size -> repeated(RawSocket.masked(0x8a, new byte[125]), size));
        streams.put("a message cut short", size -> cut(RawSocket.masked(0x82, new byte[size])));
        streams.put("a message too large", size -> RawSocket.masked(0x82, new byte[LIMIT + 1]));
        streams.put(
                "no UTF-8, which reads as text beyond Latin-1",
                size -> RawSocket.masked(0x81, filled(size, (byte) 0xff)));
        return streams;
    }

    private static int messagesIn(byte[] stream) {
        Counting counting = new Counting();
        new FrameReader(LIMIT, counting).read(ByteBuffer.wrap(stream));
        return counting.messages;
    }

    private static void read(byte[] stream, int piece) {
        FrameReader reader = new FrameReader(LIMIT, new Counting());
        for (int at = 0; at < stream.length; ) {
            int count = Math.min(piece, stream.length - at);
            reader.read(ByteBuffer.wrap(stream, at, count));
            at += count;
        }
    }

    private static byte[] fragments(int count, int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(RawSocket.masked(0x02, new byte[bytes]));
        for (int i = 1; i < count; i++) {
            out.writeBytes(RawSocket.masked(0x00, new byte[bytes]));
        }
        out.writeBytes(RawSocket.masked(0x80, new byte[0]));
        return out.toByteArray();
    }

    private static byte[] repeated(byte[] frame, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < size) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 1);
    }

    private static byte[] ascii(int size) {
        return filled(size, (byte) 't');
    }

    private static byte[] mixed(int size) {
        byte[] end = "\ufffd".getBytes(StandardCharsets.UTF_8);
        byte[] text = ascii(Math.max(end.length, size));
        System.arraycopy(end, 0, text, text.length - end.length, end.length);
        return text;
    }

    private static byte[] filled(int size, byte with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, with);
        return bytes;
    }

    private static final class Counting implements FrameReader.Meaning {
        private int messages;

        @Override
        public void text(String text, int bytes) {
            messages++;
        }

        @Override
        public void binary(byte[] content) {
            messages++;
        }

        @Override
        public void ping(byte[] content) {
            messages++;
        }

        @Override
        public void pong() {}

        @Override
        public void closed(int code, String text) {}

        @Override
        public void tooLarge() {}

        @Override
        public void broken(int code, String why) {}
    }
}
