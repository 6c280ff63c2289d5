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
 * goes in that write: the fuller the queue, the cheaper each frame.
 */
final class Outbox implements Transport.Completion {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Transport transport;
    private final Flusher flusher;
    private final int capacity;

    private @Nullable ArrayDeque<Parcel> waiting;
    /** Bytes that wait or are being written. */
    private int bytes;

    private int writing;
    private boolean isScheduled;
    private @Nullable CloseReason closing;

    Outbox(Transport transport, Flusher flusher, int capacity) {
        this.transport = transport;
        this.flusher = flusher;
        this.capacity = capacity;
    }

    /**
     * Queues the parcel behind all others. Above half of the capacity volatile parcels are dropped; at the bound
     * those that wait make room, and if that is not enough the connection is closed. One parcel always fits into an
     * empty queue.
     */
    void offer(Parcel parcel) {
        boolean isOverflow;
        boolean isIdle;
        synchronized (this) {
            if (closing != null || (parcel.isVolatile() && (bytes > capacity / 2 || !fits(parcel)))) {
                return;
            }
            isOverflow = !makesRoomFor(parcel);
            isIdle = !isOverflow && add(parcel);
        }
        if (isOverflow) {
            abandon(CloseReason.SLOW_CONSUMER);
        } else if (isIdle) {
            flusher.schedule(this);
        }
    }

    /** Closes after what waits has been written; what is offered from now on is not. */
    void finish(CloseReason reason) {
        boolean isDone;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = reason;
            isDone = bytes == 0;
        }
        if (isDone) {
            close(reason);
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

    /** Writes all that waits. Called by the flusher alone. */
    void flush() {
        List<Frame> frames;
        synchronized (this) {
            isScheduled = false;
            if (waiting == null || writing > 0) {
                return;
            }
            frames = drain(waiting);
            writing = bytes;
            waiting = null;
        }
        transport.write(frames, this);
    }

    @Override
    public void written() {
        boolean hasMore;
        CloseReason last;
        synchronized (this) {
            bytes -= writing;
            writing = 0;
            hasMore = waiting != null;
            isScheduled = hasMore;
            last = hasMore ? null : closing;
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

    /** Whether a flush is due that nobody has asked for yet. */
    private boolean add(Parcel parcel) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(8);
        }
        waiting.add(parcel);
        bytes += parcel.size();
        boolean isIdle = !isScheduled && writing == 0;
        isScheduled |= isIdle;
        return isIdle;
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
