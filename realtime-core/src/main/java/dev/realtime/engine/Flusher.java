package dev.realtime.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes outboxes. While it is busy with some, others fill up, so that under load each write carries
 * several frames; an idle flusher writes at once.
 */
final class Flusher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Flusher.class);

    private final Queue<Outbox> due = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean isParked;
    private volatile boolean isClosed;

    Flusher(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
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

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            Outbox next = due.poll();
            if (next == null) {
                park();
            } else {
                flush(next);
            }
        }
    }

    private void park() {
        isParked = true;
        // Looked at again after the flag is up: who added before saw no flag, who adds from now on sees it.
        if (due.isEmpty() && !isClosed) {
            LockSupport.park(this);
        }
        isParked = false;
    }

    private static void flush(Outbox outbox) {
        try {
            outbox.flush();
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
