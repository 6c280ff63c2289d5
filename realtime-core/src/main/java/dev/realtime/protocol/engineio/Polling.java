package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What carries a session that is polled: a write waits for the next GET, and completes when it is taken. It outlives
 * its session for a few seconds where the client has still to be told of the end, and ends early when a WebSocket
 * takes over.
 *
 * <p>Safe for many threads. There is one write at most, because the {@link Outlet} above has one under way; what the
 * completion of a write brings goes into the same answer. Exchanges, completions and the session are called outside
 * of the lock.
 */
final class Polling implements Transport {
    /** How long a GET is held while a WebSocket is on trial: the client waits for it before it goes over. */
    static final Duration HOLD_ON_TRIAL = Duration.ofMillis(100);

    private static final Frame CLOSE = Frame.text("1");
    private static final Frame NOOP = Frame.text("6");
    private static final HttpAnswer CONFLICT = HttpAnswer.empty(400);

    private final EngineIoAcceptor home;
    private final EngineIoSession session;
    private final Posts posts;

    private Stage stage = Stage.OPEN;
    private @Nullable HttpExchange poll;
    private boolean isPollLate;
    private boolean isAnswering;
    private @Nullable Batch pending;
    private @Nullable Trial trial;
    private @Nullable CloseReason closeAfterMove;

    private enum Stage {
        OPEN,
        /** The client has said goodbye. */
        LEFT,
        /** The server has said goodbye, and the client does not know. */
        CLOSING,
        /** The WebSocket has the session; the write that waited is on its way there. */
        MOVING,
        MOVED,
        /** Broken: what waits is told in a moment, and nothing new is taken. */
        DOOMED,
        OVER
    }

    private record Batch(List<Frame> frames, Completion completion) {}

    Polling(String sid, EngineIoAcceptor home) {
        this.home = home;
        this.session = new EngineIoSession(sid, home, this);
        this.posts = new Posts(this, session, home.settings().maxPayload());
    }

    EngineIoSession session() {
        return session;
    }

    Posts posts() {
        return posts;
    }

    /** A GET: answered when there is something to say. A second one at the same time ends the session. */
    void poll(HttpExchange get) {
        switch (enter(get)) {
            case OVER -> get.answer(EngineIoError.UNKNOWN_SESSION.answer());
            case MOVED -> get.answer(EngineIoError.BAD_REQUEST.answer());
            case DUPLICATE -> {
                get.answer(CONFLICT);
                session.drop(CloseReason.BAD_FRAME);
            }
            case HELD -> {
                get.whenGone(() -> lost(get));
                flush();
            }
            case HELD_ON_TRIAL -> {
                get.whenGone(() -> lost(get));
                flush();
                home.timers().after(HOLD_ON_TRIAL, () -> release(get));
            }
        }
    }

    /** The client has said that it leaves: its next GET ends it for both sides. */
    synchronized void leave() {
        if (stage == Stage.OPEN) {
            stage = Stage.LEFT;
        }
    }

    /** The client has broken the rules, or its connection: the session ends for this reason. */
    void drop(CloseReason reason) {
        synchronized (this) {
            stage = stage == Stage.OPEN ? Stage.DOOMED : stage;
        }
        session.drop(reason);
    }

    /** Answers the GET that waits, if there is something to say. */
    void flush() {
        HttpExchange get = takePoll();
        if (get == null) {
            return;
        }
        PollPayload payload = new PollPayload();
        for (Batch next = next(payload); next != null; next = next(payload)) {
            payload.add(next.frames());
            next.completion().written();
        }
        boolean isLast = saysLastWords(payload);
        // Empty when a WebSocket was quicker to take what there was.
        get.answer(payload.length() > 0 ? payload.answer() : EngineIoError.BAD_REQUEST.answer(), new Answering());
        if (isLast) {
            end();
        }
    }

    /** Puts a WebSocket on trial, unless there is one already. */
    Connection tryOut(Transport webSocket) {
        Trial candidate = new Trial(this, session, webSocket, home);
        synchronized (this) {
            if (stage == Stage.OPEN && trial == null) {
                trial = candidate;
            }
        }
        return isOnTrial(candidate)
                ? candidate.begun()
                : ClosingConnection.closing(webSocket, CloseReason.NORMAL, home.timers());
    }

    /** The WebSocket works: the client goes over as soon as it has no GET any more. */
    void release() {
        HttpExchange get;
        synchronized (this) {
            get = poll;
        }
        if (get != null) {
            release(get);
        }
    }

    /** Ends a trial; tells whether this call did. */
    synchronized boolean abandon(Trial candidate) {
        boolean wasOnTrial = trial == candidate && stage != Stage.MOVING && stage != Stage.MOVED;
        trial = wasOnTrial ? null : trial;
        return wasOnTrial;
    }

    /**
     * Hands the session over to the WebSocket, with the write that waits; tells whether it has it now. A client that
     * goes over with a POST under way has lost track of its own order.
     */
    boolean handOver(Trial to) {
        HttpExchange get;
        Batch left;
        synchronized (this) {
            if (stage != Stage.OPEN || trial != to || !posts.retire()) {
                return false;
            }
            stage = Stage.MOVING;
            get = poll;
            poll = null;
            left = pending;
            pending = null;
        }
        home.forget(this);
        if (get != null) {
            get.answer(EngineIoError.BAD_REQUEST.answer());
        }
        if (left != null) {
            to.write(left.frames(), left.completion());
        }
        session.moveTo(to);
        moved(to);
        return true;
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        Trial successor = successorOrKeep(frames, completion);
        if (successor != null) {
            successor.write(frames, completion);
        } else if (isOver()) {
            failPending();
        } else {
            flush();
        }
    }

    @Override
    public void close(CloseReason reason) {
        Trial other;
        boolean isMoved;
        synchronized (this) {
            if (stage == Stage.MOVING) {
                closeAfterMove = reason;
                return;
            }
            isMoved = stage == Stage.MOVED;
            other = trial;
            stage = stage == Stage.OPEN ? Stage.CLOSING : stage;
        }
        if (other != null && isMoved) {
            other.close(reason);
        } else if (other != null) {
            other.giveUp(reason);
        }
        flush();
    }

    @Override
    public void terminate() {
        HttpExchange get;
        Trial successor;
        synchronized (this) {
            if (stage == Stage.OVER) {
                return;
            }
            successor = stage == Stage.MOVING || stage == Stage.MOVED ? trial : null;
            stage = successor == null ? Stage.OVER : stage;
            get = poll;
            poll = null;
        }
        if (get != null) {
            get.answer(PollPayload.of(CLOSE));
        }
        if (successor == null) {
            end();
        } else {
            successor.terminate();
        }
    }

    synchronized boolean isOpen() {
        return stage == Stage.OPEN;
    }

    private synchronized boolean isOver() {
        return stage == Stage.OVER;
    }

    synchronized boolean isOnTrial(Trial candidate) {
        return trial == candidate;
    }

    private enum Entry {
        HELD,
        HELD_ON_TRIAL,
        DUPLICATE,
        MOVED,
        OVER
    }

    private synchronized Entry enter(HttpExchange get) {
        if (stage == Stage.DOOMED || stage == Stage.OVER) {
            return Entry.OVER;
        }
        if (stage == Stage.MOVING || stage == Stage.MOVED) {
            return Entry.MOVED;
        }
        if (poll != null) {
            stage = Stage.DOOMED;
            return Entry.DUPLICATE;
        }
        poll = get;
        isPollLate = stage == Stage.CLOSING;
        return trial != null && trial.isProbed() ? Entry.HELD_ON_TRIAL : Entry.HELD;
    }

    /** While an answer is not out yet the next GET waits, so that a client that does not read holds one answer. */
    private synchronized @Nullable HttpExchange takePoll() {
        boolean hasWords = pending != null || stage == Stage.CLOSING || stage == Stage.LEFT;
        if (poll == null || isAnswering || !hasWords) {
            return null;
        }
        HttpExchange get = poll;
        poll = null;
        isAnswering = true;
        return get;
    }

    private synchronized @Nullable Batch next(PollPayload payload) {
        boolean isTaken = stage == Stage.OPEN || stage == Stage.CLOSING;
        if (!isTaken || payload.length() >= home.settings().maxPayload()) {
            return null;
        }
        Batch next = pending;
        pending = null;
        return next;
    }

    /** Adds what the client has to hear of the end; tells whether that ends the polling. */
    private synchronized boolean saysLastWords(PollPayload payload) {
        if (stage == Stage.LEFT) {
            payload.add(NOOP);
            return true;
        }
        if (payload.length() > 0) {
            // Stock clients hear of a close before they hear what stands beside it: it waits for the next GET.
            return false;
        }
        if (stage == Stage.CLOSING && pending == null) {
            payload.add(isPollLate ? List.of(NOOP, CLOSE) : List.of(CLOSE));
            return true;
        }
        if (stage == Stage.DOOMED || stage == Stage.OVER) {
            payload.add(CLOSE);
        }
        return false;
    }

    private void release(HttpExchange get) {
        synchronized (this) {
            if (poll != get || stage != Stage.OPEN || trial == null) {
                return;
            }
            poll = null;
        }
        get.answer(PollPayload.of(NOOP));
    }

    /** The client has cut a GET that was not answered. */
    private void lost(HttpExchange get) {
        boolean isWaiting;
        synchronized (this) {
            isWaiting = poll == get;
            poll = isWaiting ? null : poll;
            stage = isWaiting ? Stage.DOOMED : stage;
        }
        if (isWaiting) {
            session.drop(CloseReason.LOST);
        }
    }

    private void moved(Trial to) {
        CloseReason reason;
        synchronized (this) {
            stage = Stage.MOVED;
            reason = closeAfterMove;
        }
        if (reason != null) {
            to.close(reason);
        }
    }

    private synchronized @Nullable Trial successorOrKeep(List<Frame> frames, Completion completion) {
        if (stage == Stage.MOVING || stage == Stage.MOVED) {
            return trial;
        }
        pending = new Batch(frames, completion);
        return null;
    }

    /** Nothing is said any more; who waits for something is told so. */
    private void end() {
        Trial other;
        synchronized (this) {
            stage = Stage.OVER;
            other = trial;
        }
        home.forget(this);
        failPending();
        posts.cancel();
        if (other != null) {
            other.giveUp(CloseReason.NORMAL);
        }
        session.lost(CloseReason.LOST);
    }

    private void failPending() {
        Batch lost;
        synchronized (this) {
            lost = pending;
            pending = null;
        }
        if (lost != null) {
            lost.completion().failed(new ClosedChannelException());
        }
    }

    /** An answer on its way. Whether it arrives is of no matter once the session has moved on. */
    private final class Answering implements Completion {
        @Override
        public void written() {
            synchronized (Polling.this) {
                isAnswering = false;
            }
            flush();
        }

        @Override
        public void failed(Throwable cause) {
            boolean isPolled;
            synchronized (Polling.this) {
                isPolled = stage != Stage.MOVING && stage != Stage.MOVED;
            }
            if (isPolled) {
                session.broken();
            }
        }
    }
}
