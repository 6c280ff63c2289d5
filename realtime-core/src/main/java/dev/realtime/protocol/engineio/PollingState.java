package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a polled session stands: the stage it has come to, the GET and the write that wait for each other, and the
 * WebSocket on trial. One lock guards all of it, because each step looks at several: a client goes over only where no
 * GET slips in between.
 *
 * <p>Safe for many threads. A method is one step, which is taken or not; what follows from it is done by the caller,
 * outside of the lock.
 */
final class PollingState {
    private PollingStage stage = PollingStage.OPEN;
    private @Nullable HttpExchange poll;
    private boolean isPollLate;
    private boolean isAnswering;
    private @Nullable PendingWrite pending;
    private @Nullable Trial trial;
    private boolean isTried;
    private @Nullable CloseReason closeAfterMove;

    /** What becomes of a GET that comes in. */
    enum Entry {
        HELD,
        HELD_ON_TRIAL,
        DUPLICATE,
        MOVED,
        OVER
    }

    /** Who closes the session for the server. */
    enum Closing {
        /** The WebSocket, once it has the session. */
        LATER,
        SUCCESSOR,
        POLL
    }

    /** What was under way when the session went over. */
    record Left(Optional<HttpExchange> get, Optional<PendingWrite> write) {}

    /** What the session was cut from. */
    record Cut(Optional<HttpExchange> get, Optional<Trial> successor) {}

    synchronized Entry enter(HttpExchange get) {
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

    /** The GET that waits, where it stays. */
    synchronized Optional<HttpExchange> held() {
        return Optional.ofNullable(poll);
    }

    /**
     * Takes the GET that waits, if there is something to say. While an answer is not out yet the next GET waits, so
     * that a client that does not read holds one answer.
     */
    synchronized Optional<HttpExchange> takePoll() {
        boolean hasWords = pending != null || stage.isEnding();
        if (poll == null || isAnswering || !hasWords) {
            return Optional.empty();
        }
        isAnswering = true;
        return removePoll();
    }

    /** The answer to the last GET taken is out. */
    synchronized void isAnswered() {
        isAnswering = false;
    }

    /** Takes this GET, when it still waits, so that its client may go over. */
    synchronized boolean release(HttpExchange get) {
        boolean isReleased = poll == get && stage == PollingStage.OPEN && trial != null;
        poll = isReleased ? null : poll;
        return isReleased;
    }

    /** The client has cut this GET; tells whether it was waiting, which dooms the session. */
    synchronized boolean lose(HttpExchange get) {
        boolean wasWaiting = poll == get;
        poll = wasWaiting ? null : poll;
        stage = wasWaiting ? PollingStage.DOOMED : stage;
        return wasWaiting;
    }

    /** The WebSocket that has the session; else the write is kept until a GET takes it. */
    synchronized Optional<Trial> successorOrKeep(List<Frame> frames, Transport.Completion completion) {
        if (stage.isWithWebSocket()) {
            return Optional.ofNullable(trial);
        }
        pending = new PendingWrite(frames, completion);
        return Optional.empty();
    }

    /** Takes the write that waits, where it still goes out by a GET. */
    synchronized Optional<PendingWrite> takeWrite() {
        return stage.isHeard() ? removeWrite() : Optional.empty();
    }

    /** Takes the write that waits, wherever it goes. */
    synchronized Optional<PendingWrite> removeWrite() {
        Optional<PendingWrite> write = Optional.ofNullable(pending);
        pending = null;
        return write;
    }

    /** What the client hears of the end in an answer that says nothing else yet, or something. */
    synchronized Goodbye goodbye(boolean isSilent) {
        if (stage == PollingStage.LEFT) {
            return Goodbye.TO_ONE_WHO_LEFT;
        }
        if (!isSilent) {
            // Stock clients hear of a close before they hear what stands beside it: it waits for the next GET.
            return Goodbye.NONE;
        }
        if (stage == PollingStage.CLOSING && pending == null) {
            return isPollLate ? Goodbye.CLOSE_OF_LATE_GET : Goodbye.CLOSE;
        }
        return stage.isLost() ? Goodbye.BROKEN : Goodbye.NONE;
    }

    /** The client has said that it leaves. */
    synchronized void leave() {
        stage = stage == PollingStage.OPEN ? PollingStage.LEFT : stage;
    }

    /** What waits is told in a moment, and nothing new is taken. */
    synchronized void doom() {
        stage = stage == PollingStage.OPEN ? PollingStage.DOOMED : stage;
    }

    /** The server closes. */
    synchronized Closing close(CloseReason reason) {
        switch (stage) {
            case MOVING -> {
                closeAfterMove = reason;
                return Closing.LATER;
            }
            case MOVED -> {
                return Closing.SUCCESSOR;
            }
            case OPEN -> stage = PollingStage.CLOSING;
            default -> {}
        }
        return Closing.POLL;
    }

    /** The session is cut, by its WebSocket where it has one; empty when it is over already. */
    synchronized Optional<Cut> cut() {
        if (stage == PollingStage.OVER) {
            return Optional.empty();
        }
        Optional<Trial> successor = stage.isWithWebSocket() ? onTrial() : Optional.empty();
        stage = successor.isPresent() ? stage : PollingStage.OVER;
        return Optional.of(new Cut(removePoll(), successor));
    }

    synchronized void end() {
        stage = PollingStage.OVER;
    }

    synchronized boolean isOpen() {
        return stage == PollingStage.OPEN;
    }

    synchronized boolean isOver() {
        return stage == PollingStage.OVER;
    }

    /** Whether polling carries the session, as far as it is carried. */
    synchronized boolean isPolled() {
        return !stage.isWithWebSocket();
    }

    /** Whether no WebSocket has come yet. */
    synchronized boolean isUntried() {
        return stage == PollingStage.OPEN && !isTried;
    }

    /** Puts the candidate on trial; false when there is one already. */
    synchronized boolean begin(Trial candidate) {
        isTried = true;
        boolean isFree = stage == PollingStage.OPEN && trial == null;
        trial = isFree ? candidate : trial;
        return isFree;
    }

    /** The WebSocket on trial, or that has the session. */
    synchronized Optional<Trial> onTrial() {
        return Optional.ofNullable(trial);
    }

    synchronized boolean isOnTrial(Trial candidate) {
        return trial == candidate;
    }

    /** Ends a trial that has not the session; tells whether this call did. */
    synchronized boolean abandon(Trial candidate) {
        boolean wasOnTrial = trial == candidate && !stage.isWithWebSocket();
        trial = wasOnTrial ? null : trial;
        return wasOnTrial;
    }

    /** Begins to move the session to this WebSocket; empty when it may not have it. */
    synchronized Optional<Left> move(Trial to, Posts posts) {
        if (stage != PollingStage.OPEN || trial != to || !posts.retire()) {
            return Optional.empty();
        }
        stage = PollingStage.MOVING;
        return Optional.of(new Left(removePoll(), removeWrite()));
    }

    /** The WebSocket has the session; whether it was to be closed meanwhile. */
    synchronized Optional<CloseReason> moved() {
        stage = PollingStage.MOVED;
        return Optional.ofNullable(closeAfterMove);
    }

    private Optional<HttpExchange> removePoll() {
        Optional<HttpExchange> get = Optional.ofNullable(poll);
        poll = null;
        return get;
    }
}
