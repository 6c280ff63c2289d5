package dev.realtime.runner.blackbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link Crowd}. For the thread of the crowd. */
abstract class Peer {
    private final ArrayDeque<ByteBuffer> leaving = new ArrayDeque<>();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean isEnded;

    /** The connection is there. */
    abstract void begin();

    /** Bytes have come; all of them have to be taken. */
    abstract void arrived(ByteBuffer bytes);

    /** The connection is gone, whoever ended it. */
    abstract void ended();

    final void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    final void send(byte[] bytes) {
        leaving.add(ByteBuffer.wrap(bytes));
        try {
            flush();
        } catch (IOException lost) {
            end();
        }
    }

    /** Reads no more from now on, and stays connected. */
    final void stopReading() {
        if (key != null && key.isValid()) {
            key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
        }
    }

    /** Closes the connection without a word. */
    final void end() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException lost) {
            // It is closed all the same.
            leaving.clear();
        }
        ended();
    }

    final void attach(SocketChannel opened, SelectionKey registered) {
        channel = opened;
        key = registered;
    }

    final void connected() throws IOException {
        if (channel != null && key != null && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            begin();
        }
    }

    final void read(ByteBuffer into) throws IOException {
        into.clear();
        if (channel == null || channel.read(into) < 0) {
            end();
            return;
        }
        arrived(into.flip());
    }

    final void flush() throws IOException {
        if (channel == null || key == null || isEnded) {
            return;
        }
        while (!leaving.isEmpty()) {
            channel.write(leaving.peek());
            if (leaving.peek().hasRemaining()) {
                key.interestOps(key.interestOps() | SelectionKey.OP_WRITE);
                return;
            }
            leaving.remove();
        }
        key.interestOps(key.interestOps() & ~SelectionKey.OP_WRITE);
    }
}
