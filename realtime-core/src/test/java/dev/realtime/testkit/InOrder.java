package dev.realtime.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does one thing after the other, in the order they were added. Whoever finds nothing under way does all there is,
 * also what comes meanwhile, be it on another thread or on the same stack.
 */
final class InOrder {
    private final Queue<Runnable> deeds = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    void now(Runnable deed) {
        add(deed);
        run();
    }

    /** Adds something that is done with the next {@link #run}. */
    void add(Runnable deed) {
        deeds.add(deed);
    }

    void run() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            for (Runnable next = deeds.poll(); next != null; next = deeds.poll()) {
                next.run();
            }
            seen = asked.addAndGet(-seen);
        }
    }
}
