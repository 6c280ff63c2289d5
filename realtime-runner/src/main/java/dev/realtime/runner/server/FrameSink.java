package dev.realtime.runner.server;

import dev.realtime.transport.Frame;
import java.util.List;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;

/**
 * Puts ready-made bytes on a connection, never blocking. What is handed over in one call leaves uninterrupted, in the
 * order of the calls. Safe for many threads. Plain TCP has {@link DirectSink}; a connection with TLS needs one that
 * writes through the filter chain.
 */
interface FrameSink {

    /** Writes the frames as one piece. */
    void write(List<Frame> frames, CompletionHandler<WriteResult<?, ?>> handler);

    /** Writes one piece of bytes, which stay untouched until {@code handler} hears. */
    void write(byte[] bytes, CompletionHandler<WriteResult<?, ?>> handler);

    /** The sink that fits the connection. */
    static FrameSink of(Connection<?> connection) {
        return new DirectSink(connection);
    }
}
