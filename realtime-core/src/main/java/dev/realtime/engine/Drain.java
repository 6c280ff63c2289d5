package dev.realtime.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Empties a node in stages: every client hears at once that it has to go and when, and goes then. The stages are
 * spread so that the other nodes are not met by all of them in one moment. Any thread may call.
 */
final class Drain {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Parts parts;
    private final Set<LiveConnection> told = ConcurrentHashMap.newKeySet();
    /** Those told and not gone, and one more until all have been told. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final CountDownLatch empty = new CountDownLatch(1);

    Drain(Parts parts) {
        this.parts = parts;
    }

    /** Tells these connections and waits until they are gone, or the time for it is over. Once. */
    void run(Set<LiveConnection> connections) {
        int place = 0;
        for (LiveConnection connection : connections) {
            tell(connection, waitOf(place++, connections.size()));
        }
        gone();
        await();
    }

    /** Tells a connection that came while the others were being told; nothing when it was told with them. */
    void tell(LiveConnection late) {
        tell(late, shortened(FIRST));
    }

    private void tell(LiveConnection connection, Duration wait) {
        if (told.add(connection)) {
            open.incrementAndGet();
            connection.leave(wait, this::gone);
        }
    }

    private void gone() {
        if (open.decrementAndGet() == 0) {
            empty.countDown();
        }
    }

    /** All go within the drain timeout, however many they are; a few go at once. */
    private Duration waitOf(int place, int count) {
        long span = Math.max(
                0,
                parts.settings().drainTimeout().minus(LAST_WORDS).minus(FIRST).toMillis());
        long wanted = BETWEEN.toMillis() * count;
        long spread = count < 2 ? 0 : Math.min(span, wanted) * place / (count - 1);
        return shortened(FIRST.plusMillis(spread));
    }

    private Duration shortened(Duration wait) {
        Duration timeout = parts.settings().drainTimeout();
        return wait.compareTo(timeout) > 0 ? timeout : wait;
    }

    private void await() {
        try {
            empty.await(parts.settings().drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
