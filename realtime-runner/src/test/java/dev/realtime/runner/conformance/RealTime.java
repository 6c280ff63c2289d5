package dev.realtime.runner.conformance;

import dev.realtime.time.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of the machine, with alarms that ring on one thread. Any thread may call. */
final class RealTime implements Timers {
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread timer = new Thread(work, "conformance-timer");
        timer.setDaemon(true);
        return timer;
    });

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm at(long deadline, Runnable action) {
        Future<?> ringing = thread.schedule(action, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return () -> ringing.cancel(false);
    }
}
