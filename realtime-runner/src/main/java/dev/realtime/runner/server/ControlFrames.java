package dev.realtime.runner.server;

import java.nio.charset.StandardCharsets;

/** The bytes of control frames from server to client (RFC 6455 section 5.5). */
final class ControlFrames {
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MAX_REASON = 123;

    private ControlFrames() {}

    static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    static byte[] pong(byte[] content) {
        return frame(PONG, content);
    }

    static byte[] close(int code, String text) {
        byte[] reason = text.getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[2 + (reason.length > MAX_REASON ? 0 : reason.length)];
        content[0] = (byte) (code >>> 8);
        content[1] = (byte) code;
        System.arraycopy(reason, 0, content, 2, content.length - 2);
        return frame(CLOSE, content);
    }

    private static byte[] frame(int firstByte, byte[] content) {
        byte[] frame = new byte[2 + content.length];
        frame[0] = (byte) firstByte;
        frame[1] = (byte) content.length;
        System.arraycopy(content, 0, frame, 2, content.length);
        return frame;
    }
}
