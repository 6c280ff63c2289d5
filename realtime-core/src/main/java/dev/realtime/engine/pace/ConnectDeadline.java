package dev.realtime.engine.pace;

import dev.realtime.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The moment by which a connection has to have had a session. Any thread may call; one alarm is set. */
public final class ConnectDeadline {
    private final Timers timers;
    private final Duration timeout;
    private final Runnable missed;
    private Timers.@Nullable Alarm alarm;
    private boolean isOver;

    /** Runs {@code missed} on the thread of alarms when the moment passes. */
    public ConnectDeadline(Timers timers, Duration timeout, Runnable missed) {
        this.timers = timers;
        this.timeout = timeout;
        this.missed = missed;
    }

    /** Waits the whole time from now on. */
    public synchronized void set() {
        if (!isOver) {
            alarm = timers.after(timeout, missed);
        }
    }

    /** Waits no more. */
    public synchronized void stop() {
        isOver = true;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
