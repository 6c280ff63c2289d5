package dev.realtime.runner.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * Cuts HTTP connections on which nothing has happened for too long and no answer is awaited. Grizzly's own
 * idle clock closes in an orderly way, which waits for ever for a client that does not read its answer.
 */
final class HttpIdle {
    private static final Attribute<State> STATE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("dev.realtime.runner.http-idle");

    private final ExecutorService thread = Executors.newSingleThreadExecutor(HttpIdle::daemon);
    private final DelayedExecutor clock = new DelayedExecutor(thread);
    private final IdleTimeoutFilter filter;

    HttpIdle(Duration patience) {
        filter = new Clocked(clock, patience);
    }

    IdleTimeoutFilter filter() {
        return filter;
    }

    /** Lets the connection be idle for as long as its request waits for an answer. */
    static void suspend(Connection<?> connection) {
        STATE.set(connection, State.AWAITED);
    }

    /** Counts from the next thing that happens on the connection. */
    static void resume(Connection<?> connection) {
        STATE.remove(connection);
    }

    /** The connection speaks HTTP no more: from now on it is not even looked at. */
    void release(Connection<?> connection) {
        STATE.set(connection, State.RELEASED);
        filter.getResolver().removeTimeout(connection);
    }

    void start() {
        clock.start();
    }

    void stop() {
        clock.destroy();
        thread.shutdown();
    }

    private enum State {
        AWAITED,
        RELEASED
    }

    /** Grizzly's clock ends a connection whose time is removed, as it does with one whose time is over; we do not. */
    private static final class Clocked extends IdleTimeoutFilter {
        Clocked(DelayedExecutor clock, Duration patience) {
            super(clock, Clocked::expired, context -> timeout(context, patience));
        }

        private static boolean expired(Connection<?> connection) {
            if (STATE.get(connection) != State.RELEASED) {
                connection.terminateSilently();
            }
            return true;
        }

        private static long timeout(FilterChainContext context, Duration patience) {
            return STATE.get(context.getConnection()) == null ? patience.toMillis() : FOREVER;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "realtime-http-idle");
        thread.setDaemon(true);
        return thread;
    }
}
