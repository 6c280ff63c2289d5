package dev.realtime.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Asks a database whether it is there, for no longer than the caller wants to wait. A database that has fallen silent
 * holds the thread that asks, so there is one such thread at most: who comes meanwhile waits for the same answer. Safe
 * for many threads.
 */
final class Reachability {
    private static final int ANSWER_SECONDS = 5;

    private final DataSource source;
    private final AtomicReference<CompletableFuture<Boolean>> asking = new AtomicReference<>(done());

    Reachability(DataSource source) {
        this.source = source;
    }

    boolean isReachable(Duration patience) {
        try {
            return answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unreachable) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Boolean> answer() {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> current = asking.updateAndGet(last -> last.isDone() ? mine : last);
        if (current == mine) {
            Thread thread = new Thread(() -> mine.complete(ask()), "realtime-jdbc-ping");
            thread.setDaemon(true);
            thread.start();
        }
        return current;
    }

    private boolean ask() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException | RuntimeException unreachable) {
            // Whatever a pool throws, the answer is no.
            return false;
        }
    }

    private static CompletableFuture<Boolean> done() {
        return CompletableFuture.completedFuture(false);
    }
}
