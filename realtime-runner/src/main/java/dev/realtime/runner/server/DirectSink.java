package dev.realtime.runner.server;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.asyncqueue.MessageCloner;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/**
 * Writes straight to the socket of a plain TCP connection, beside its filters. Frames are gathered in a direct scratch
 * buffer, the one copy that the system call needs anyway. While the kernel takes what it is given, nothing is
 * allocated and Grizzly hears nothing of it; what the kernel leaves is copied to the heap, where Grizzly's queue sends
 * it when the peer reads again, and everything behind it until the queue is empty.
 *
 * <p>The lock keeps pieces whole and in order; completions are told outside of it.
 */
final class DirectSink implements FrameSink {
    /** What is queued is on the heap and nobody else's, so Grizzly need not copy it. */
    private static final @Nullable MessageCloner<WritableMessage> UNCOPIED = null;

    private final Connection<SocketAddress> connection;
    private final SocketChannel channel;
    private final AsyncQueueWriter<SocketAddress> queue;

    /** How many pieces are in Grizzly's queue, which may be passed by only while there is none. */
    private int queued;

    @SuppressWarnings("unchecked")
    DirectSink(Connection<?> connection) {
        this.connection = (Connection<SocketAddress>) connection;
        this.channel = (SocketChannel) ((NIOConnection) connection).getChannel();
        this.queue =
                ((TCPNIOTransport) connection.getTransport()).getAsyncQueueIO().getWriter();
    }

    @Override
    public void write(List<Frame> frames, Transport.Completion completion) {
        int total = 0;
        for (int i = 0; i < frames.size(); i++) {
            total += frames.get(i).size();
        }
        if (total > Scratch.CAPACITY) {
            write(FrameSink.gathered(frames), completion);
        } else {
            writeThroughScratch(frames, completion);
        }
    }

    @Override
    public void write(byte[] bytes, Transport.Completion completion) {
        write(ByteBuffer.wrap(bytes), completion);
    }

    private void writeThroughScratch(List<Frame> frames, Transport.Completion completion) {
        Scratch scratch = Scratch.borrow();
        try {
            ByteBuffer bytes = scratch.cleared();
            for (int i = 0; i < frames.size(); i++) {
                bytes.put(frames.get(i).wire());
            }
            write(bytes.flip(), completion);
        } finally {
            scratch.giveBack();
        }
    }

    private void write(ByteBuffer bytes, Transport.Completion completion) {
        Queued rest = null;
        try {
            synchronized (this) {
                // For a larger heap buffer the JDK would keep a direct one of that size, for each thread.
                if (queued == 0 && bytes.remaining() <= Scratch.CAPACITY) {
                    channel.write(bytes);
                }
                if (bytes.hasRemaining()) {
                    rest = enqueue(bytes, completion);
                }
            }
        } catch (IOException gone) {
            connection.terminateSilently();
            completion.failed(gone);
            return;
        }
        if (rest == null) {
            completion.written();
        } else {
            rest.mayTell();
        }
    }

    private Queued enqueue(ByteBuffer bytes, Transport.Completion completion) {
        ByteBuffer left = bytes.isDirect() ? heapCopy(bytes) : bytes;
        Queued rest = new Queued(completion, this::isOut);
        queued++;
        queue.write(connection, null, Buffers.wrap(null, left), new GrizzlyCompletion<>(rest), UNCOPIED);
        return rest;
    }

    private synchronized void isOut() {
        queued--;
    }

    private static ByteBuffer heapCopy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
}
