package dev.realtime.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes some work allocates on its thread, garbage included; the same on a slow machine and a fast one. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 2;

    private Allocation() {}

    /** The bytes that {@code work} takes once it has been done before: classes are loaded and buffers lent by then. */
    public static long of(Runnable work) {
        work.run();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
