package dev.realtime.runner.server;

import dev.realtime.transport.Transport;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers pings, one pong under way at a time. A client that pings faster than it reads gets a pong for its latest
 * ping only (RFC 6455 section 5.5.3) and cannot make pongs pile up. The reading thread pings; completions come on any.
 */
final class Pongs implements Transport.Completion {
    private static final byte[] NONE_WAITING = new byte[0];

    private final FrameSink sink;

    /** Null when no pong is under way, else the one to send next. */
    private final AtomicReference<byte @Nullable []> waiting = new AtomicReference<>();

    Pongs(FrameSink sink) {
        this.sink = sink;
    }

    void answer(byte[] ping) {
        byte[] pong = ControlFrames.pong(ping);
        byte[] before = waiting.getAndUpdate(now -> now == null ? NONE_WAITING : pong);
        if (before == null) {
            send(pong);
        }
    }

    @Override
    public void written() {
        byte[] next = waiting.getAndUpdate(now -> now == NONE_WAITING ? null : NONE_WAITING);
        if (next != null && next != NONE_WAITING) {
            send(next);
        }
    }

    /** The connection is lost, and nobody pings it any more. */
    @Override
    public void failed(Throwable cause) {}

    private void send(byte[] pong) {
        sink.write(pong, this);
    }
}
