package dev.realtime.engine.pace;

import dev.realtime.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long there may be silence. A sign of life costs a write to one field; the one alarm is for the earliest moment at
 * which the silence could be too long, and when it rings too early, it is set for the next such moment.
 *
 * <p>Any thread may call; a limit of zero is none.
 */
public final class Silence {
    private final Timers timers;
    private final long limit;
    private final Runnable tooLong;
    private volatile long broken;
    private Timers.@Nullable Alarm alarm;
    private boolean isOver;

    /** Has {@code tooLong} run once, on the thread of alarms, when nothing was heard for {@code limit}. */
    public Silence(Timers timers, Duration limit, Runnable tooLong) {
        this.timers = timers;
        this.limit = limit.toNanos();
        this.tooLong = tooLong;
    }

    /** Begins to listen. */
    public Silence start() {
        if (limit > 0) {
            broken = timers.nanoTime();
            await(broken + limit);
        }
        return this;
    }

    /** Something was heard. */
    public void broken() {
        if (limit > 0) {
            broken = timers.nanoTime();
        }
    }

    /** Listens no more. */
    public synchronized void stop() {
        isOver = true;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void listen() {
        long due = broken + limit;
        if (timers.nanoTime() - due < 0) {
            await(due);
        } else if (end()) {
            tooLong.run();
        }
    }

    private synchronized void await(long moment) {
        if (!isOver) {
            alarm = timers.at(moment, this::listen);
        }
    }

    private synchronized boolean end() {
        boolean isFirst = !isOver;
        isOver = true;
        alarm = null;
        return isFirst;
    }
}
