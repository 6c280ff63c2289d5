package dev.realtime.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes outboxes. While it is busy with some, others fill up, so that under load each write carries
 * several frames; an idle flusher writes at once, but for what may linger.
 */
final class Flusher implements AutoCloseable {
    /** How long a parcel that may linger waits for company, and a moment more: those of one moment go together. */
    static final long LINGER = Duration.ofMillis(200).toNanos();

    private static final Logger log = LoggerFactory.getLogger(Flusher.class);
    /** About eight milliseconds, as a mask. */
    private static final long MOMENT = (1L << 23) - 1;

    private final Queue<Outbox> due = new ConcurrentLinkedQueue<>();
    /** In the order in which they are due, as all wait equally long. */
    private final Queue<Outbox> lingering = new ConcurrentLinkedQueue<>();

    private final LongSupplier clock;
    private final Thread thread;
    private volatile boolean isParked;
    /** Parked with nothing that lingers, so that somebody has to tell. */
    private volatile boolean isAsleep;

    private volatile boolean isClosed;

    Flusher(String name) {
        this(name, System::nanoTime);
    }

    /** With another clock, in nanoseconds, for what lingers. */
    Flusher(String name, LongSupplier clock) {
        this.clock = clock;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** The time by which it is known what has lingered long enough, in nanoseconds. */
    long now() {
        return clock.getAsLong();
    }

    /** When that which begins to linger now is due. */
    static long lingerFrom(long now) {
        return (now + LINGER) | MOMENT;
    }

    Flusher start() {
        thread.start();
        return this;
    }

    /** Has the outbox flushed soon. Any thread. */
    void schedule(Outbox outbox) {
        due.add(outbox);
        if (isParked) {
            isParked = false;
            LockSupport.unpark(thread);
        }
    }

    /** Has the outbox flushed when it has lingered, as {@link #lingerFrom} says. Any thread. */
    void linger(Outbox outbox) {
        lingering.add(outbox);
        if (isAsleep) {
            isAsleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            if (!turn()) {
                park();
            }
        }
    }

    /** Writes one outbox, first of those that are not to wait; false when none is due. Called by its thread alone. */
    boolean turn() {
        Outbox next = due.poll();
        if (next != null) {
            flush(next, false);
            return true;
        }
        next = lingering.peek();
        if (next == null || left(next) > 0) {
            return false;
        }
        lingering.remove();
        flush(next, true);
        return true;
    }

    private void park() {
        isParked = true;
        isAsleep = lingering.isEmpty();
        // Looked at again after the flags are up: who added before saw no flag, who adds from now on sees it.
        Outbox first = lingering.peek();
        if (due.isEmpty() && !isClosed) {
            if (first == null) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, left(first));
            }
        }
        isParked = false;
        isAsleep = false;
    }

    private long left(Outbox outbox) {
        return outbox.lingersUntil() - clock.getAsLong();
    }

    private static void flush(Outbox outbox, boolean hasLingered) {
        try {
            if (hasLingered) {
                outbox.flushLingering();
            } else {
                outbox.flush();
            }
        } catch (RuntimeException | Error broken) {
            // A transport that throws loses its connection; the flusher serves all the others.
            log.warn("a transport threw on write", broken);
            fail(outbox, broken);
        }
    }

    private static void fail(Outbox outbox, Throwable cause) {
        try {
            outbox.failed(cause);
        } catch (RuntimeException | Error broken) {
            // Nothing more can be done for this connection; the flusher goes on.
            log.warn("a transport threw on being cut", broken);
        }
    }
}
