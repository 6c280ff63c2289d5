package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.Transport;
import java.util.List;

/**
 * What carries a session that is polled: a write waits for the next GET, and completes when it is taken. It outlives
 * its session for a few seconds where the client has still to be told of the end, and ends early when a WebSocket
 * takes over.
 *
 * <p>Safe for many threads. There is one write at most, because the {@link Outlet} above has one under way. {@link
 * PollingState} decides each step; exchanges, completions and the session are called outside of its lock.
 */
final class Polling implements Transport {
    private static final HttpAnswer CLOSED = PollPayload.of(Frame.text("1"));

    private final EngineIoAcceptor home;
    private final EngineIoSession session;
    private final PollingState state = new PollingState();
    private final Gets gets;
    private final Posts posts;
    private final Upgrade upgrade;

    Polling(String sid, EngineIoAcceptor home) {
        this.home = home;
        this.session = new EngineIoSession(sid, home, this);
        this.gets = new Gets(this, state, session, home);
        this.posts = new Posts(this, session, home.settings().maxPayload());
        this.upgrade = new Upgrade(this, state, session, home);
    }

    EngineIoSession session() {
        return session;
    }

    Gets gets() {
        return gets;
    }

    Posts posts() {
        return posts;
    }

    Upgrade upgrade() {
        return upgrade;
    }

    /** The client has said that it leaves: its next GET ends it for both sides. */
    void leave() {
        state.leave();
    }

    /** The client has broken the rules, or its connection: the session ends for this reason. */
    void drop(CloseReason reason) {
        state.doom();
        session.drop(reason);
    }

    boolean isOpen() {
        return state.isOpen();
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        state.successorOrKeep(frames, completion)
                .ifPresentOrElse(successor -> successor.write(frames, completion), this::isKept);
    }

    @Override
    public void close(CloseReason reason) {
        switch (state.close(reason)) {
            case LATER -> {}
            case SUCCESSOR -> state.onTrial().ifPresent(successor -> successor.close(reason));
            case POLL -> {
                state.onTrial().ifPresent(other -> other.giveUp(reason));
                gets.flush();
            }
        }
    }

    @Override
    public void terminate() {
        state.cut().ifPresent(cut -> {
            cut.get().ifPresent(get -> get.answer(CLOSED));
            cut.successor().ifPresentOrElse(Trial::terminate, this::end);
        });
    }

    /** Nothing is said any more; who waits for something is told so. */
    void end() {
        state.end();
        home.forget(this);
        failWrite();
        posts.cancel();
        state.onTrial().ifPresent(other -> other.giveUp(CloseReason.NORMAL));
        session.lost(CloseReason.LOST);
    }

    private void isKept() {
        if (state.isOver()) {
            failWrite();
        } else {
            gets.flush();
        }
    }

    private void failWrite() {
        state.removeWrite().ifPresent(PendingWrite::fail);
    }
}
