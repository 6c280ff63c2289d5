package dev.realtime.presence;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells one thing after the other, in the order they were added, which may happen under a lock while the telling does
 * not. Whoever finds nothing being told tells all there is, also what comes meanwhile. Any thread; nothing that is told
 * throws.
 */
final class InOrder {
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Adds something that is told with the next {@link #tell}. */
    void add(Runnable telling) {
        news.add(telling);
    }

    void tell() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            for (Runnable next = news.poll(); next != null; next = news.poll()) {
                next.run();
            }
            seen = asked.addAndGet(-seen);
        }
    }
}
