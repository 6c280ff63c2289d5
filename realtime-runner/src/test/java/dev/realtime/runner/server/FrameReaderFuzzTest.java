package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a WebSocket client. Nothing is thrown, and how they are cut into pieces makes no difference. */
class FrameReaderFuzzTest {
    private static final int LIMIT = 300;

    @FuzzTest
    void bytesMeanTheSameHoweverTheyArrive(byte[] input) {
        Heard whole = heard(input, input.length);
        assertThat(heard(input, 1).meant).isEqualTo(whole.meant);
        assertThat(heard(input, 7).meant).isEqualTo(whole.meant);
    }

    private static Heard heard(byte[] input, int piece) {
        Heard heard = new Heard();
        FrameReader reader = new FrameReader(LIMIT, heard);
        for (int at = 0; at < input.length; at += piece) {
            reader.read(ByteBuffer.wrap(input, at, Math.min(piece, input.length - at)));
        }
        return heard;
    }

    private static final class Heard implements FrameReader.Meaning {
        private final List<String> meant = new ArrayList<>();
        private boolean isOver;

        private void add(String what) {
            assertThat(isOver).isFalse();
            meant.add(what);
        }

        @Override
        public void text(String text, int bytes) {
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(bytes).hasSizeLessThanOrEqualTo(LIMIT);
            add("text " + text);
        }

        @Override
        public void binary(byte[] content) {
            assertThat(content).hasSizeLessThanOrEqualTo(LIMIT);
            add("binary " + new String(content, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void ping(byte[] content) {
            assertThat(content).hasSizeLessThanOrEqualTo(125);
            add("ping " + new String(content, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void pong() {
            add("pong");
        }

        @Override
        public void closed(int code, String text) {
            add("closed " + code + " " + text);
            isOver = true;
        }

        @Override
        public void tooLarge() {
            add("too large");
        }

        @Override
        public void broken(int code, String why) {
            add("broken " + code + " " + why);
            isOver = true;
        }
    }
}
