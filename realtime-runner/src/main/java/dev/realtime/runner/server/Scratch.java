package dev.realtime.runner.server;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A direct buffer to gather frames in, lent from a small pool. A pool and not a thread's own, because on newer
 * JDKs writers may be virtual threads, far more than buffers should be. One that finds no place on its way back is
 * left to the collector.
 */
final class Scratch {
    static final int CAPACITY = 65_536;

    private static final int PLACES = 16;
    private static final AtomicReferenceArray<@Nullable Scratch> POOL = new AtomicReferenceArray<>(PLACES);

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);

    private Scratch() {}

    static Scratch borrow() {
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            int place = (home + i) % PLACES;
            Scratch free = POOL.get(place);
            if (free != null && POOL.compareAndSet(place, free, null)) {
                return free;
            }
        }
        return new Scratch();
    }

    void giveBack() {
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            if (POOL.compareAndSet((home + i) % PLACES, null, this)) {
                return;
            }
        }
    }

    /** The empty buffer, to be filled and written before {@link #giveBack}. */
    ByteBuffer cleared() {
        bytes.clear();
        return bytes;
    }

    private static int home() {
        return (int) (Thread.currentThread().getId() % PLACES);
    }
}
