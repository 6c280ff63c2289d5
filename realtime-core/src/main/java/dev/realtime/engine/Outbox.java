package dev.realtime.engine;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames waiting to go to one client. Bounded in bytes; a client that does not keep up is closed as a slow
 * consumer rather than allowed to hold the memory of the others.
 *
 * <p>Any thread may offer; frames leave in the order offered, one write at a time. All that waits when a write begins
 * goes in that write: the fuller the queue, the cheaper each frame. Parcels that may linger cause one write in
 * {@link Flusher#LINGER} at most; the first leaves at once, those behind it wait for company.
 */
final class Outbox implements Transport.Completion {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** What waits for company has enough of it with so many bytes. */
    private static final int MOST_LINGERING = 16_384;

    private final Transport transport;
    private final Flusher flusher;
    private final int capacity;

    private @Nullable ArrayDeque<Parcel> waiting;
    /** Bytes that wait or are being written. */
    private int bytes;

    private int writing;
    private boolean isScheduled;
    /** Whether the flusher comes by later on; then only urgent parcels call it. */
    private boolean isLingering;
    /** Until when parcels that may linger do. */
    private long lingersUntil;

    private @Nullable CloseReason closing;
    /** Overflowed; the flusher closes it, so that who delivers is never called back. */
    private boolean isOverflown;

    private boolean isCut;

    private @Nullable Runnable whenWritten;

    Outbox(Transport transport, Flusher flusher, int capacity) {
        this.transport = transport;
        this.flusher = flusher;
        this.capacity = capacity;
    }

    /**
     * Queues the parcel behind all others. Above half of the capacity volatile parcels are dropped; at the bound
     * those that wait make room, and if that is not enough the connection is closed. One parcel always fits into an
     * empty queue. A parcel without frames, for what a protocol does not say, goes nowhere.
     */
    void offer(Parcel parcel) {
        if (parcel.frames().isEmpty()) {
            return;
        }
        Call call;
        synchronized (this) {
            if (closing != null || (parcel.isVolatile() && (bytes > capacity / 2 || !fits(parcel)))) {
                return;
            }
            call = makesRoomFor(parcel) ? add(parcel) : overflow();
        }
        if (call == Call.NOW) {
            flusher.schedule(this);
        } else if (call == Call.LATER) {
            flusher.linger(this);
        }
    }

    /** Closes as soon as the flusher comes by; what waits is lost. */
    void overrun() {
        synchronized (this) {
            if (closing != null) {
                return;
            }
            overflow();
        }
        flusher.schedule(this);
    }

    /** Whether as much waits as may before volatile parcels are dropped. */
    synchronized boolean isHalfFull() {
        return bytes > capacity / 2;
    }

    /** Runs {@code action} once when the write that is under way, or the next, has ended. */
    synchronized void afterWrite(Runnable action) {
        whenWritten = action;
    }

    /** Closes after what waits has been written; what is offered from now on is not. */
    void finish(CloseReason reason) {
        boolean isDone;
        boolean isDue;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = reason;
            isDone = bytes == 0;
            isDue = !isDone && isIdle();
            isScheduled |= isDue;
        }
        if (isDone) {
            close(reason);
        } else if (isDue) {
            flusher.schedule(this);
        }
    }

    /** Closes at once; what waits is lost. */
    void abandon(CloseReason reason) {
        synchronized (this) {
            if (closing == null) {
                closing = reason;
            }
            forget();
        }
        close(reason);
    }

    /** Lets go of everything: the connection is gone. */
    synchronized void discard() {
        closing = CloseReason.LOST;
        forget();
    }

    /** Until when what waits may linger, by the time of the flusher. */
    synchronized long lingersUntil() {
        return lingersUntil;
    }

    /** Writes what has lingered. Called by the flusher alone. */
    void flushLingering() {
        boolean isDue;
        synchronized (this) {
            isLingering = false;
            isDue = isIdle();
        }
        if (isDue) {
            flush();
        }
    }

    /** Writes all that waits. Called by the flusher alone. */
    void flush() {
        List<Frame> frames;
        boolean isDoomed;
        synchronized (this) {
            isScheduled = false;
            isDoomed = isOverflown && !isCut;
            isCut |= isDoomed;
            frames = isOverflown || waiting == null || writing > 0 ? List.of() : drain(waiting);
            if (!frames.isEmpty()) {
                writing = bytes;
                waiting = null;
            }
        }
        if (!frames.isEmpty()) {
            transport.write(frames, this);
        } else if (isDoomed) {
            close(CloseReason.SLOW_CONSUMER);
        }
    }

    @Override
    public void written() {
        boolean hasMore;
        CloseReason last;
        Runnable told;
        synchronized (this) {
            bytes -= writing;
            writing = 0;
            told = whenWritten;
            whenWritten = null;
            hasMore = waiting != null;
            isScheduled = hasMore;
            last = hasMore || isOverflown ? null : closing;
        }
        if (told != null) {
            told.run();
        }
        if (hasMore) {
            flusher.schedule(this);
        } else if (last != null) {
            close(last);
        }
    }

    @Override
    public void failed(Throwable cause) {
        discard();
        transport.terminate();
    }

    /** Bytes that wait or are being written. */
    synchronized int size() {
        return bytes;
    }

    private void close(CloseReason reason) {
        try {
            transport.close(reason);
        } catch (RuntimeException broken) {
            // A slow consumer is closed in the midst of a delivery to others, who must get theirs.
            log.warn("a transport threw on close", broken);
            transport.terminate();
        }
    }

    /** Whether the flusher has to be told. */
    private enum Call {
        NOW,
        LATER,
        NEEDLESS
    }

    private Call overflow() {
        closing = CloseReason.SLOW_CONSUMER;
        isOverflown = true;
        forget();
        return Call.NOW;
    }

    private boolean makesRoomFor(Parcel parcel) {
        if (fits(parcel)) {
            return true;
        }
        if (waiting != null) {
            waiting.removeIf(queued -> {
                bytes -= queued.isVolatile() ? queued.size() : 0;
                return queued.isVolatile();
            });
        }
        return fits(parcel);
    }

    private boolean fits(Parcel parcel) {
        return bytes == 0 || bytes + parcel.size() <= capacity;
    }

    private Call add(Parcel parcel) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(8);
        }
        waiting.add(parcel);
        bytes += parcel.size();
        if (!isIdle()) {
            return Call.NEEDLESS;
        }
        if (parcel.isLingering() && bytes <= MOST_LINGERING) {
            return linger();
        }
        isScheduled = true;
        return Call.NOW;
    }

    private Call linger() {
        if (isLingering) {
            return Call.NEEDLESS;
        }
        long now = flusher.now();
        if (now - lingersUntil >= Flusher.LINGER) {
            lingersUntil = now;
            isScheduled = true;
            return Call.NOW;
        }
        lingersUntil = Flusher.lingerFrom(now);
        isLingering = true;
        return Call.LATER;
    }

    /** Whether nothing is being written and the flusher has not been told to come at once. */
    private boolean isIdle() {
        return !isScheduled && writing == 0;
    }

    private void forget() {
        waiting = null;
        bytes = writing;
    }

    private static List<Frame> drain(ArrayDeque<Parcel> parcels) {
        List<Frame> frames = new ArrayList<>(parcels.size());
        for (Parcel parcel : parcels) {
            frames.addAll(parcel.frames());
        }
        return frames;
    }
}
