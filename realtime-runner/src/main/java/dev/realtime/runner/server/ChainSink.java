package dev.realtime.runner.server;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Writes through the filters of a connection, of which one encrypts. The frames of a write are gathered first, so that
 * they share TLS records of up to 16 KB (RFC 8446 section 5.1) and leave in one piece; the filter keeps records in the
 * order in which it made them.
 */
final class ChainSink implements FrameSink {
    private final Connection<?> connection;

    ChainSink(Connection<?> connection) {
        this.connection = connection;
    }

    @Override
    public void write(List<Frame> frames, Transport.Completion completion) {
        write(FrameSink.gathered(frames), completion);
    }

    /** Grizzly's connection is declared without the types of a result. */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void write(byte[] bytes, Transport.Completion completion) {
        ((Connection) connection).write(null, Buffers.wrap(null, bytes), new GrizzlyCompletion<>(completion));
    }
}
