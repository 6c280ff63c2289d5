package dev.realtime.runner.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Stands first in the HTTP chain and cuts connections whose requests do not arrive in time. One thread looks at all
 * of them together once in a while, because nearly all requests arrive at once. Safe for many threads.
 */
final class Arrivals extends BaseFilter {
    private static final long MOST_MILLIS_BETWEEN = 1_000;

    private final RequestPatience patience;
    private final Map<Connection<?>, Wait> waits = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Arrivals::daemon);

    private record Wait(long deadline, boolean isForBody) {}

    Arrivals(RequestPatience patience) {
        this.patience = patience;
    }

    void start() {
        long between = Math.max(
                1,
                Math.min(
                        MOST_MILLIS_BETWEEN,
                        Math.min(patience.head().toMillis(), patience.body().toMillis()) / 4));
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, between, between, TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) {
        waits.put(context.getConnection(), until(patience.head(), false));
        return context.getInvokeAction();
    }

    /** Bytes while nothing is awaited begin the next request. */
    @Override
    public NextAction handleRead(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (!waits.containsKey(connection)) {
            waits.put(connection, until(patience.head(), false));
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        waits.remove(context.getConnection());
        return context.getInvokeAction();
    }

    /** The head is here, and the body in whole or in part. */
    void arrived(Connection<?> connection, boolean isWhole) {
        if (isWhole) {
            waits.remove(connection);
            return;
        }
        Wait wait = waits.get(connection);
        if (wait == null || !wait.isForBody()) {
            waits.put(connection, until(patience.body(), true));
        }
    }

    private static Wait until(Duration limit, boolean isForBody) {
        return new Wait(System.nanoTime() + limit.toNanos(), isForBody);
    }

    private void look() {
        long now = System.nanoTime();
        waits.forEach((connection, wait) -> {
            if (now - wait.deadline() >= 0 && waits.remove(connection, wait)) {
                connection.terminateSilently();
            }
        });
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "realtime-arrivals");
        thread.setDaemon(true);
        return thread;
    }
}
