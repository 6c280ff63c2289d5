package dev.realtime.engine.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes outboxes. While it is busy with some, others fill up, so that under load each write carries
 * several frames; an idle flusher writes at once, but for what may linger.
 */
public final class Flusher implements AutoCloseable {
    /** How long a parcel that may linger waits for company, and a moment more: those of one moment go together. */
    static final long LINGER = Duration.ofMillis(200).toNanos();
    /** While many come, each wait is twice as long as the one before, so often. */
    static final int DOUBLINGS = 2;

    private static final Logger log = LoggerFactory.getLogger(Flusher.class);
    /** About eight milliseconds, as a mask. */
    private static final long MOMENT = (1L << 23) - 1;

    private final Queue<Outbox> due = new ConcurrentLinkedQueue<>();
    /** By how often their wait was doubled: each queue is in the order of what is due, as all in it wait equally long. */
    private final List<Queue<Outbox>> lingering = Stream.generate(
                    () -> (Queue<Outbox>) new ConcurrentLinkedQueue<Outbox>())
            .limit(DOUBLINGS + 1)
            .toList();

    private final LongSupplier clock;
    private final Thread thread;
    private volatile boolean isParked;
    /** Parked with nothing that lingers, so that somebody has to tell. */
    private volatile boolean isAsleep;
    /** When it wakes by itself, if it is parked and not asleep. */
    private volatile long parkedUntil;

    private volatile boolean isClosed;

    /** A flusher on a thread of this name, which has not started. */
    public Flusher(String name) {
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
    static long lingerFrom(long now, int doublings) {
        return (now + (LINGER << doublings)) | MOMENT;
    }

    /** Starts its thread. */
    public Flusher start() {
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
    void linger(Outbox outbox, int doublings) {
        lingering.get(doublings).add(outbox);
        if (isAsleep || (isParked && outbox.lingersUntil() - parkedUntil < 0)) {
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
        Queue<Outbox> soonest = soonest();
        next = soonest.peek();
        if (next == null || left(next) > 0) {
            return false;
        }
        soonest.remove();
        flush(next, true);
        return true;
    }

    private void park() {
        isParked = true;
        isAsleep = true;
        // Looked at after the flags are up: who added before saw no flag, who adds from now on sees it.
        Outbox first = soonest().peek();
        if (due.isEmpty() && !isClosed) {
            if (first == null) {
                LockSupport.park(this);
            } else {
                parkUntil(first.lingersUntil());
            }
        }
        isParked = false;
        isAsleep = false;
    }

    private void parkUntil(long moment) {
        parkedUntil = moment;
        // Who added until now saw the flag and ended the coming sleep; who adds from now on sees the moment.
        isAsleep = false;
        LockSupport.parkNanos(this, moment - clock.getAsLong());
    }

    private Queue<Outbox> soonest() {
        Queue<Outbox> soonest = lingering.get(0);
        for (int i = 1; i <= DOUBLINGS; i++) {
            Outbox other = lingering.get(i).peek();
            Outbox first = soonest.peek();
            if (other != null && (first == null || other.lingersUntil() - first.lingersUntil() < 0)) {
                soonest = lingering.get(i);
            }
        }
        return soonest;
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
