package dev.realtime.runner.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * Cuts HTTP connections on which nothing has happened for half a minute and no answer is awaited. Grizzly's own
 * idle clock closes in an orderly way, which waits for ever for a client that does not read its answer.
 */
final class HttpIdle {
    private static final int SECONDS = 30;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(HttpIdle::daemon);
    private final DelayedExecutor clock = new DelayedExecutor(thread);
    private final IdleTimeoutFilter filter =
            new IdleTimeoutFilter(clock, SECONDS, TimeUnit.SECONDS, idle -> idle.terminateSilently());

    IdleTimeoutFilter filter() {
        return filter;
    }

    /** Lets the connection be idle for as long as its request waits for an answer. */
    static void suspend(Connection<?> connection) {
        IdleTimeoutFilter.setCustomTimeout(connection, -1, TimeUnit.SECONDS);
    }

    /** Counts from the next thing that happens on the connection. */
    static void resume(Connection<?> connection) {
        IdleTimeoutFilter.setCustomTimeout(connection, SECONDS, TimeUnit.SECONDS);
    }

    void start() {
        clock.start();
    }

    void stop() {
        clock.destroy();
        thread.shutdown();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "realtime-http-idle");
        thread.setDaemon(true);
        return thread;
    }
}
