package dev.realtime.engine;

import dev.realtime.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The moment by which a connection has to have had a session. Any thread may call; one alarm is set. */
final class ConnectDeadline {
    private final Timers timers;
    private final Duration timeout;
    private final Runnable missed;
    private Timers.@Nullable Alarm alarm;
    private boolean isOver;

    ConnectDeadline(Timers timers, Duration timeout, Runnable missed) {
        this.timers = timers;
        this.timeout = timeout;
        this.missed = missed;
    }

    /** Waits the whole time from now on. */
    synchronized void set() {
        if (!isOver) {
            alarm = timers.after(timeout, missed);
        }
    }

    /** Waits no more. */
    synchronized void stop() {
        isOver = true;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
