package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
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

    private PollingStage stage = PollingStage.OPEN;
    private @Nullable HttpExchange poll;
    private boolean isPollLate;
    private boolean isAnswering;
    private @Nullable PendingWrite pending;
    private @Nullable Trial trial;
    private boolean isTried;
    private @Nullable CloseReason closeAfterMove;

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
        if (stage == PollingStage.OPEN) {
            stage = PollingStage.LEFT;
        }
    }

    /** The client has broken the rules, or its connection: the session ends for this reason. */
    void drop(CloseReason reason) {
        synchronized (this) {
            stage = stage == PollingStage.OPEN ? PollingStage.DOOMED : stage;
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
        for (PendingWrite next = next(payload); next != null; next = next(payload)) {
            next.goInto(payload);
        }
        boolean isLast = saysLastWords(payload);
        // Empty when a WebSocket was quicker to take what there was.
        get.answer(payload.length() > 0 ? payload.answer() : EngineIoError.BAD_REQUEST.answer(), new Answering());
        if (isLast) {
            end();
        }
    }

    /** Whether no WebSocket has come yet. */
    synchronized boolean isUntried() {
        return stage == PollingStage.OPEN && !isTried;
    }

    /** Puts a WebSocket on trial, unless there is one already. */
    Connection tryOut(Transport webSocket) {
        Trial candidate = new Trial(this, session, webSocket, home);
        synchronized (this) {
            isTried = true;
            if (stage == PollingStage.OPEN && trial == null) {
                trial = candidate;
            }
        }
        return isOnTrial(candidate) ? candidate.begun() : ClosingConnection.closing(webSocket, session, home.timers());
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
        boolean wasOnTrial = trial == candidate && !stage.isWithWebSocket();
        trial = wasOnTrial ? null : trial;
        return wasOnTrial;
    }

    /**
     * Hands the session over to the WebSocket, with the write that waits; tells whether it has it now. A client that
     * goes over with a POST under way has lost track of its own order.
     */
    boolean handOver(Trial to) {
        HttpExchange get;
        PendingWrite left;
        synchronized (this) {
            if (stage != PollingStage.OPEN || trial != to || !posts.retire()) {
                return false;
            }
            stage = PollingStage.MOVING;
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
            left.goOver(to);
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
            if (stage == PollingStage.MOVING) {
                closeAfterMove = reason;
                return;
            }
            isMoved = stage == PollingStage.MOVED;
            other = trial;
            stage = stage == PollingStage.OPEN ? PollingStage.CLOSING : stage;
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
            if (stage == PollingStage.OVER) {
                return;
            }
            successor = stage.isWithWebSocket() ? trial : null;
            stage = successor == null ? PollingStage.OVER : stage;
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
        return stage == PollingStage.OPEN;
    }

    private synchronized boolean isOver() {
        return stage == PollingStage.OVER;
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
        if (stage.isLost()) {
            return Entry.OVER;
        }
        if (stage.isWithWebSocket()) {
            return Entry.MOVED;
        }
        if (poll != null) {
            stage = PollingStage.DOOMED;
            return Entry.DUPLICATE;
        }
        poll = get;
        isPollLate = stage == PollingStage.CLOSING;
        return trial != null && trial.isProbed() ? Entry.HELD_ON_TRIAL : Entry.HELD;
    }

    /** While an answer is not out yet the next GET waits, so that a client that does not read holds one answer. */
    private synchronized @Nullable HttpExchange takePoll() {
        boolean hasWords = pending != null || stage.isEnding();
        if (poll == null || isAnswering || !hasWords) {
            return null;
        }
        HttpExchange get = poll;
        poll = null;
        isAnswering = true;
        return get;
    }

    private synchronized @Nullable PendingWrite next(PollPayload payload) {
        boolean isTaken = stage.isHeard();
        if (!isTaken || payload.length() >= home.settings().maxPayload()) {
            return null;
        }
        PendingWrite next = pending;
        pending = null;
        return next;
    }

    /** Adds what the client has to hear of the end; tells whether that ends the polling. */
    private synchronized boolean saysLastWords(PollPayload payload) {
        if (stage == PollingStage.LEFT) {
            payload.add(NOOP);
            return true;
        }
        if (payload.length() > 0) {
            // Stock clients hear of a close before they hear what stands beside it: it waits for the next GET.
            return false;
        }
        if (stage == PollingStage.CLOSING && pending == null) {
            payload.add(isPollLate ? List.of(NOOP, CLOSE) : List.of(CLOSE));
            return true;
        }
        if (stage.isLost()) {
            payload.add(CLOSE);
        }
        return false;
    }

    private void release(HttpExchange get) {
        synchronized (this) {
            if (poll != get || stage != PollingStage.OPEN || trial == null) {
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
            stage = isWaiting ? PollingStage.DOOMED : stage;
        }
        if (isWaiting) {
            session.drop(CloseReason.LOST);
        }
    }

    private void moved(Trial to) {
        CloseReason reason;
        synchronized (this) {
            stage = PollingStage.MOVED;
            reason = closeAfterMove;
        }
        if (reason != null) {
            to.close(reason);
        }
    }

    private synchronized @Nullable Trial successorOrKeep(List<Frame> frames, Completion completion) {
        if (stage.isWithWebSocket()) {
            return trial;
        }
        pending = new PendingWrite(frames, completion);
        return null;
    }

    /** Nothing is said any more; who waits for something is told so. */
    private void end() {
        Trial other;
        synchronized (this) {
            stage = PollingStage.OVER;
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
        PendingWrite lost;
        synchronized (this) {
            lost = pending;
            pending = null;
        }
        if (lost != null) {
            lost.fail();
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
                isPolled = !stage.isWithWebSocket();
            }
            if (isPolled) {
                session.broken();
            }
        }
    }
}
