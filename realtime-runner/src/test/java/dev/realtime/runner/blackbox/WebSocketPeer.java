package dev.realtime.runner.blackbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket of a {@link Crowd}: it answers the pings of Engine.IO and hears the beginning of each text frame, so that
 * a frame of any length costs nothing. For the thread of the crowd.
 */
abstract class WebSocketPeer extends Peer {
    private static final int KEPT = 1_024;
    private static final String UPGRADE = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            \r
            """;

    private final ByteBuffer head = ByteBuffer.allocate(KEPT);
    private final ByteBuffer kept = ByteBuffer.allocate(KEPT);
    private Stage stage = Stage.UPGRADING;
    private long left;
    private int opcode;

    private enum Stage {
        UPGRADING,
        HEAD,
        CONTENT
    }

    /** A text frame, of which this is the beginning. */
    abstract void text(String beginning);

    @Override
    final void begin() {
        send(UPGRADE);
    }

    /** Sends one text frame of less than 64 KB. Its mask is zero, which is as good as any (RFC 6455 section 5.3). */
    final void say(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(content.length + 8).put((byte) 0x81);
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) content.length);
        }
        frame.putInt(0).put(content).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        send(bytes);
    }

    /** Closes in the order of RFC 6455; the server ends the connection. */
    final void sayGoodbye() {
        send(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8});
    }

    @Override
    final void arrived(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (stage) {
                case UPGRADING -> upgrade(bytes);
                case HEAD -> readHead(bytes);
                case CONTENT -> readContent(bytes);
            }
        }
    }

    private void upgrade(ByteBuffer bytes) {
        head.put(bytes.get());
        int at = head.position();
        if (at > 3 && head.get(at - 1) == '\n' && head.get(at - 3) == '\n') {
            if (!new String(head.array(), 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101")) {
                throw new IllegalStateException(new String(head.array(), 0, at, StandardCharsets.US_ASCII));
            }
            head.clear();
            stage = Stage.HEAD;
        }
    }

    private void readHead(ByteBuffer bytes) {
        head.put(bytes.get());
        int length = head.position() < 2 ? 0 : head.get(1) & 0x7f;
        int needed = 2 + (length == 127 ? 8 : length == 126 ? 2 : 0);
        if (head.position() < 2 || head.position() < needed) {
            return;
        }
        opcode = head.get(0) & 0x0f;
        left = length == 127 ? head.getLong(2) : length == 126 ? head.getShort(2) & 0xffff : length;
        head.clear();
        kept.clear();
        stage = Stage.CONTENT;
        if (left == 0) {
            whole();
        }
    }

    private void readContent(ByteBuffer bytes) {
        int taken = (int) Math.min(left, bytes.remaining());
        int copied = Math.min(taken, kept.remaining());
        kept.put(kept.position(), bytes, bytes.position(), copied).position(kept.position() + copied);
        bytes.position(bytes.position() + taken);
        left -= taken;
        if (left == 0) {
            whole();
        }
    }

    private void whole() {
        stage = Stage.HEAD;
        if (opcode != 1) {
            return;
        }
        String beginning = new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8);
        if (beginning.equals("2")) {
            say("3");
        } else {
            text(beginning);
        }
    }
}
