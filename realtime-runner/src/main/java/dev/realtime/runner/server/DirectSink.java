package dev.realtime.runner.server;

import dev.realtime.transport.Frame;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.asyncqueue.MessageCloner;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;

/**
 * Writes straight to the write queue of a plain TCP connection, beside its filters. Frames are gathered in a direct
 * scratch buffer, the one copy that the system call needs anyway, and nothing is allocated while the kernel takes
 * what it is given; what it leaves is copied to the heap, where Grizzly queues it in order with everything else.
 */
final class DirectSink implements FrameSink {
    private static final MessageCloner<WritableMessage> REST_TO_HEAP = (connection, message) -> heapCopy(message);

    private final Connection<SocketAddress> connection;
    private final AsyncQueueWriter<SocketAddress> queue;

    @SuppressWarnings("unchecked")
    DirectSink(Connection<?> connection) {
        this.connection = (Connection<SocketAddress>) connection;
        this.queue =
                ((TCPNIOTransport) connection.getTransport()).getAsyncQueueIO().getWriter();
    }

    @Override
    public void write(List<Frame> frames, CompletionHandler<WriteResult<?, ?>> handler) {
        int total = 0;
        for (int i = 0; i < frames.size(); i++) {
            total += frames.get(i).size();
        }
        if (total > Scratch.CAPACITY) {
            write(FrameSink.gathered(frames), handler);
        } else {
            writeThroughScratch(frames, handler);
        }
    }

    @Override
    public void write(byte[] bytes, CompletionHandler<WriteResult<?, ?>> handler) {
        enqueue(Buffers.wrap(null, bytes), handler);
    }

    private void writeThroughScratch(List<Frame> frames, CompletionHandler<WriteResult<?, ?>> handler) {
        Scratch scratch = Scratch.borrow();
        try {
            ByteBuffer bytes = scratch.cleared();
            for (int i = 0; i < frames.size(); i++) {
                bytes.put(frames.get(i).wire());
            }
            enqueue(scratch.filled(), handler);
        } finally {
            scratch.giveBack();
        }
    }

    /** Grizzly's writer is declared without the type of its message. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void enqueue(Buffer bytes, CompletionHandler<WriteResult<?, ?>> handler) {
        queue.write(connection, null, bytes, (CompletionHandler) handler, bytes.isDirect() ? REST_TO_HEAP : null);
    }

    private static Buffer heapCopy(WritableMessage message) {
        Buffer left = (Buffer) message;
        byte[] copy = new byte[left.remaining()];
        left.get(copy);
        return Buffers.wrap(null, copy);
    }
}
