package dev.realtime.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an adapter's side of the bargain with a {@link Connection}: the end is told once, after the last frame and
 * never while one is being heard, whichever threads the container uses and even when closing calls back on the same
 * stack.
 *
 * <p>Any thread may call; frames keep the order of the calls.
 */
public final class GuardedConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnection.class);

    /** Set when the end is known; the bits below count the frames being heard. */
    private static final int ENDED = 0x4000_0000;

    // Opening counts as hearing, so that an end in its midst waits for it.
    private final AtomicInteger state = new AtomicInteger(1);
    private final AtomicReference<@Nullable CloseReason> end = new AtomicReference<>();
    private volatile @Nullable Connection connection;

    private GuardedConnection() {}

    /** A guard that waits for its connection; an end that comes before {@link #opened} is kept for it. */
    public static GuardedConnection opening() {
        return new GuardedConnection();
    }

    /** Hands over the connection, once. */
    public GuardedConnection opened(Connection ready) {
        connection = ready;
        leave();
        return this;
    }

    /** Passes the frame on, unless the end has been told or is about to be. */
    @Override
    public void received(Frame frame) {
        pass(hearing -> hearing.received(frame));
    }

    /** Passes it on as a frame. */
    @Override
    public void pong() {
        pass(Connection::pong);
    }

    /** Passes it on as a frame. */
    @Override
    public void overflowed() {
        pass(Connection::overflowed);
    }

    /** Passes the first reason on and forgets every later one. */
    @Override
    public void closed(CloseReason reason) {
        if (end.compareAndSet(null, reason) && state.getAndAdd(ENDED) == 0) {
            tellEnd();
        }
    }

    private void pass(Consumer<Connection> call) {
        Connection hearing = connection;
        if (hearing == null || !enter()) {
            return;
        }
        try {
            call.accept(hearing);
        } catch (RuntimeException bug) {
            // A bug in a protocol costs this one frame; the container's thread and its other sessions go on.
            LOG.error("A connection threw on a received frame", bug);
        } finally {
            leave();
        }
    }

    private boolean enter() {
        int before = state.getAndUpdate(now -> now >= ENDED ? now : now + 1);
        return before < ENDED;
    }

    private void leave() {
        if (state.decrementAndGet() == ENDED) {
            tellEnd();
        }
    }

    private void tellEnd() {
        Connection ending = connection;
        CloseReason reason = end.get();
        if (ending == null || reason == null) {
            return;
        }
        try {
            ending.closed(reason);
        } catch (RuntimeException bug) {
            // The connection is gone either way; the container's thread goes on.
            LOG.error("A connection threw on its end", bug);
        }
    }
}
