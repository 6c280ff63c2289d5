package dev.realtime.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Empties a node in stages: every client hears at once that it has to go and when, and goes then. The stages are
 * spread so that the other nodes are not met by all of them in one moment.
 */
final class Drain {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Parts parts;
    private final Set<LiveConnection> connections;

    Drain(Parts parts, Set<LiveConnection> connections) {
        this.parts = parts;
        this.connections = connections;
    }

    void run() {
        CountDownLatch open = new CountDownLatch(connections.size());
        int place = 0;
        for (LiveConnection connection : connections) {
            connection.leave(waitOf(place++), open::countDown);
        }
        await(open);
    }

    /** All go within the drain timeout, however many they are; a few go at once. */
    private Duration waitOf(int place) {
        Duration timeout = parts.settings().drainTimeout();
        long span = Math.max(0, timeout.minus(LAST_WORDS).minus(FIRST).toMillis());
        long wanted = BETWEEN.toMillis() * connections.size();
        long spread = connections.size() < 2 ? 0 : Math.min(span, wanted) * place / (connections.size() - 1);
        Duration wait = FIRST.plusMillis(spread);
        return wait.compareTo(timeout) > 0 ? timeout : wait;
    }

    private void await(CountDownLatch open) {
        try {
            open.await(parts.settings().drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
