package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> meant = new ArrayList<>();
    private final FrameReader reader = new FrameReader(1_000, new Remembering());

    @Test
    void messagesAreTheSameHoweverTheBytesArrive() {
        byte[] stream = joined(
                RawSocket.masked(0x81, utf8("héllo")),
                RawSocket.masked(0x01, utf8("in ")),
                RawSocket.masked(0x89, utf8("ping")),
                RawSocket.masked(0x00, utf8("")),
                RawSocket.masked(0x80, utf8("pieces")),
                RawSocket.masked(0x82, new byte[300]),
                RawSocket.masked(0x8a, utf8("pong")),
                RawSocket.masked(0x81, utf8("")),
                RawSocket.masked(0x88, RawSocket.closeContent(4000)));
        List<String> expected = List.of("héllo", "ping ping", "in pieces", "binary 300", "pong", "", "closed 4000 ");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            meant.clear();
            FrameReader fresh = new FrameReader(1_000, new Remembering());
            for (int at = 0; at < stream.length; ) {
                int count = Math.min(stream.length - at, 1 + random.nextInt(round % 50 + 1));
                fresh.read(ByteBuffer.wrap(stream, at, count));
                at += count;
            }
            assertThat(meant).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefusedAtItsHeaderAndOnlyTheCloseIsHeardAfterIt() {
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x82, new byte[1_001])));
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x81, utf8("ignored"))));
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x89, utf8("ignored"))));
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x88, new byte[0])));
        assertThat(meant).containsExactly("tooLarge", "closed 1005 ");
    }

    @Test
    void anAnnouncementOfExabytesIsOnlyTooLarge() {
        byte[] header = {(byte) 0x82, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
        reader.read(ByteBuffer.wrap(header));
        assertThat(meant).containsExactly("tooLarge");
    }

    @Test
    void fragmentsCountTogether() {
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x02, new byte[600])));
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x80, new byte[401])));
        assertThat(meant).containsExactly("tooLarge");
    }

    @Test
    void textThatIsNotUtf8IsBroken() {
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x81, new byte[] {'a', (byte) 0xc3})));
        assertThat(meant).containsExactly("broken 1007");
    }

    @Test
    void aReplacementCharacterOfTheClientIsText() {
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x81, utf8("a\uFFFD"))));
        assertThat(meant).containsExactly("a\uFFFD");
    }

    @Test
    void whatRfc6455ForbidsIsBroken() {
        assertThat(meaningOf(new byte[] {(byte) 0x81, 0})).as("unmasked").containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0xc1, utf8("x"))))
                .as("reserved bit")
                .containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x83, utf8("x")))).as("opcode 3").containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x8b, utf8("x")))).as("opcode 11").containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x80, utf8("x"))))
                .as("no message to continue")
                .containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x09, utf8("x"))))
                .as("fragmented ping")
                .containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x89, new byte[126])))
                .as("long ping")
                .containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x88, new byte[1])))
                .as("half a code")
                .containsExactly("broken 1002");
        assertThat(meaningOf(RawSocket.masked(0x88, RawSocket.closeContent(1005))))
                .as("1005")
                .containsExactly("broken 1002");
        assertThat(meaningOf(joined(RawSocket.masked(0x01, utf8("x")), RawSocket.masked(0x81, utf8("y")))))
                .as("a message within a message")
                .containsExactly("broken 1002");
        byte[] negative = {(byte) 0x82, (byte) 0xff, -1, 0, 0, 0, 0, 0, 0, 1};
        assertThat(meaningOf(negative)).as("negative length").containsExactly("broken 1002");
    }

    @Test
    void nothingIsHeardAfterABreach() {
        reader.read(ByteBuffer.wrap(joined(new byte[] {(byte) 0x81, 0}, RawSocket.masked(0x81, utf8("x")))));
        reader.read(ByteBuffer.wrap(RawSocket.masked(0x81, utf8("y"))));
        assertThat(meant).containsExactly("broken 1002");
    }

    @Test
    void noiseNeverThrows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 1 && random.nextBoolean()) {
                noise[0] = (byte) (0x80 | random.nextInt(11));
                noise[1] |= (byte) 0x80;
            }
            new FrameReader(100, new Remembering()).read(ByteBuffer.wrap(noise));
        }
        assertThat(meant).as("seed %d", seed).isNotEmpty();
    }

    private List<String> meaningOf(byte[] bytes) {
        meant.clear();
        new FrameReader(1_000, new Remembering()).read(ByteBuffer.wrap(bytes));
        return meant;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private final class Remembering implements FrameReader.Meaning {
        @Override
        public void text(String text, int bytes) {
            assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
            meant.add(text);
        }

        @Override
        public void binary(byte[] content) {
            meant.add("binary " + content.length);
        }

        @Override
        public void ping(byte[] content) {
            meant.add("ping " + new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public void pong() {
            meant.add("pong");
        }

        @Override
        public void closed(int code, String text) {
            meant.add("closed " + code + " " + text);
        }

        @Override
        public void tooLarge() {
            meant.add("tooLarge");
        }

        @Override
        public void broken(int code, String why) {
            meant.add("broken " + code);
        }
    }
}
