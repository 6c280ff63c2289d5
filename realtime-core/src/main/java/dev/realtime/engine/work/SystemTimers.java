package dev.realtime.engine.work;

import dev.realtime.time.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of the machine, and one thread that rings all alarms; none rings after {@link #close}. Any thread. */
public final class SystemTimers implements Timers, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

    private final ScheduledThreadPoolExecutor thread;

    /** Starts the thread. */
    public SystemTimers() {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread timer = new Thread(task, "realtime-timer");
            timer.setDaemon(true);
            return timer;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm at(long deadline, Runnable action) {
        try {
            Future<?> ringing = thread.schedule(() -> ring(action), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return () -> ringing.cancel(false);
        } catch (RejectedExecutionException closed) {
            // What still moves after the end of the node has no time any more.
            return () -> {};
        }
    }

    /** An alarm that is ringing ends in peace: interrupted, it would close the channel that it writes to. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private static void ring(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException broken) {
            // The other alarms survive.
            log.error("an alarm failed", broken);
        }
    }
}
