package dev.realtime.runner.server;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLUtils;

/**
 * Puts ready-made bytes on a connection, never blocking. What is handed over in one call leaves uninterrupted, in the
 * order of the calls. Safe for many threads. Plain TCP has {@link DirectSink}, a connection with TLS
 * {@link ChainSink}.
 */
interface FrameSink {

    /** Writes the frames as one piece. */
    void write(List<Frame> frames, Transport.Completion completion);

    /** Writes one piece of bytes, which stay untouched until {@code completion} hears. */
    void write(byte[] bytes, Transport.Completion completion);

    /** The sink that fits the connection. */
    static FrameSink of(Connection<?> connection) {
        return SSLUtils.getSSLEngine(connection) == null ? new DirectSink(connection) : new ChainSink(connection);
    }

    /** The bytes of the frames, one behind the other; shared with a single frame. */
    static byte[] gathered(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0).wire();
        }
        int total = 0;
        for (Frame frame : frames) {
            total += frame.size();
        }
        byte[] bytes = new byte[total];
        int at = 0;
        for (Frame frame : frames) {
            byte[] wire = frame.wire();
            System.arraycopy(wire, 0, bytes, at, wire.length);
            at += wire.length;
        }
        return bytes;
    }
}
