package dev.realtime.engine.outbox;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames waiting to go to one client. Bounded in bytes; a client that does not keep up is closed as a slow
 * consumer rather than allowed to hold the memory of the others.
 *
 * <p>Any thread may offer; frames leave in the order offered, one write at a time. All that waits when a write begins
 * goes in that write: the fuller the queue, the cheaper each frame. Parcels that may linger cause one write in
 * {@link Flusher#LINGER} at most; the first leaves at once, those behind it wait for company, and longer in a storm.
 */
public final class Outbox implements Transport.Completion {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** What waits for company has enough of it with so many bytes. */
    private static final int MOST_LINGERING = 16_384;
    /** So many in a wait of {@link Flusher#LINGER} are a storm: nobody can follow ten a second. */
    private static final int STORM = 2;

    private final Transport transport;
    private final Flusher flusher;
    private final int capacity;

    private @Nullable ArrayDeque<Parcel> waiting;
    /** The values among those that wait, once a slow client has to be spared the older ones. */
    private @Nullable Newest newest;
    /** Bytes that wait or are being written. */
    private int bytes;

    private int writing;
    private boolean isScheduled;
    /** Whether the flusher comes by later on; then only urgent parcels call it. */
    private boolean isLingering;
    /** Until when parcels that may linger do. */
    private long lingersUntil;
    /** How often the wait is doubled; as much as it may be while each wait brings as many as in a storm. */
    private byte doublings;

    private @Nullable CloseReason closing;
    /** Overflowed; the flusher closes it, so that who delivers is never called back. */
    private boolean isOverflown;

    private boolean isCut;

    private @Nullable Runnable whenWritten;

    /** Writes to {@code transport} when {@code flusher} comes by; so many bytes may wait. */
    public Outbox(Transport transport, Flusher flusher, int capacity) {
        this.transport = transport;
        this.flusher = flusher;
        this.capacity = capacity;
    }

    /**
     * Queues the parcel behind all others. Above half of the capacity volatile parcels are dropped, but for the newest
     * of each conflation, which takes the place of the older one that waits. At the bound those that are volatile make
     * room, the conflated last, and if that is not enough the connection is closed. One parcel always fits into an empty
     * queue. A parcel without frames, for what a protocol does not say, goes nowhere.
     */
    public void offer(Parcel parcel) {
        if (parcel.frames().isEmpty()) {
            return;
        }
        Call call;
        int wait;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            call = parcel.isVolatile() ? addOrDrop(parcel) : makesRoomFor(parcel) ? add(parcel) : overflow();
            wait = doublings;
        }
        if (call == Call.NOW) {
            flusher.schedule(this);
        } else if (call == Call.LATER) {
            flusher.linger(this, wait);
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
    public void finish(CloseReason reason) {
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
    public void abandon(CloseReason reason) {
        synchronized (this) {
            if (closing == null) {
                closing = reason;
            }
            forget();
        }
        close(reason);
    }

    /** Lets go of everything: the connection is gone. */
    public synchronized void discard() {
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
            int company = waiting == null ? 0 : waiting.size();
            doublings = (byte) (company < STORM << doublings ? 0 : Math.min(doublings + 1, Flusher.DOUBLINGS));
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
            frames = isOverflown || waiting == null || writing > 0 ? List.of() : drain(waiting, newest);
            if (!frames.isEmpty()) {
                writing = bytes;
                waiting = null;
                newest = null;
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

    private Call addOrDrop(Parcel parcel) {
        if (parcel.conflation().isPresent() && (newest != null || isHalfFull())) {
            return conflate(parcel);
        }
        return isHalfFull() || !fits(parcel) ? Call.NEEDLESS : add(parcel);
    }

    /** Keeps the parcel in place of an older one, or behind all others; at the bound what is merely volatile goes. */
    private Call conflate(Parcel parcel) {
        Newest values = newest();
        Optional<Parcel> older = values.olderThan(parcel);
        int olderSize = older.map(Parcel::size).orElse(0);
        bytes -= olderSize;
        if (!fits(parcel)) {
            drop(queued -> queued.conflation().isEmpty());
        }
        if (!fits(parcel)) {
            bytes += olderSize;
            return Call.NEEDLESS;
        }
        values.put(parcel);
        if (older.isPresent()) {
            bytes += parcel.size();
            return Call.NEEDLESS;
        }
        return add(parcel.place(), parcel.size());
    }

    private Newest newest() {
        if (newest == null) {
            newest = new Newest();
            bytes -= waiting == null ? 0 : newest.takeOver(waiting);
        }
        return newest;
    }

    private boolean makesRoomFor(Parcel parcel) {
        if (!fits(parcel)) {
            drop(queued -> queued.conflation().isEmpty());
        }
        if (!fits(parcel)) {
            drop(queued -> true);
            newest = null;
        }
        return fits(parcel);
    }

    private void drop(Predicate<Parcel> isMeant) {
        if (waiting != null) {
            waiting.removeIf(queued -> {
                boolean isDropped = queued.isVolatile() && isMeant.test(queued);
                bytes -= isDropped ? sizeOf(queued) : 0;
                return isDropped;
            });
        }
    }

    private int sizeOf(Parcel queued) {
        return newest == null
                ? queued.size()
                : newest.olderThan(queued).map(Parcel::size).orElse(queued.size());
    }

    private boolean fits(Parcel parcel) {
        return bytes == 0 || bytes + parcel.size() <= capacity;
    }

    private Call add(Parcel parcel) {
        return add(parcel, parcel.size());
    }

    private Call add(Parcel parcel, int size) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(8);
        }
        waiting.add(parcel);
        bytes += size;
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
            doublings = 0;
            isScheduled = true;
            return Call.NOW;
        }
        lingersUntil = Flusher.lingerFrom(now, doublings);
        isLingering = true;
        return Call.LATER;
    }

    /** Whether nothing is being written and the flusher has not been told to come at once. */
    private boolean isIdle() {
        return !isScheduled && writing == 0;
    }

    private void forget() {
        waiting = null;
        newest = null;
        bytes = writing;
    }

    private static List<Frame> drain(ArrayDeque<Parcel> queue, @Nullable Newest newest) {
        List<Frame> frames = new ArrayList<>(queue.size());
        for (Parcel parcel : newest == null ? queue : newest.filled(queue)) {
            parcel.addTo(frames);
        }
        return frames;
    }
}
