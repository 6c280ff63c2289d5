package dev.realtime.time;

import java.time.Duration;

/**
 * A monotonic clock with alarms. Deadlines are absolute, so a late thread never makes the next one later.
 *
 * <p>Any thread may call. Alarms ring on a thread shared by all of them: an action does next to nothing and never
 * blocks, or hands its work to others.
 */
public interface Timers {

    /** Nanoseconds since some fixed moment, never falling; comparable only with one another by difference. */
    long nanoTime();

    /** Runs {@code action} once when {@link #nanoTime()} has reached {@code deadline}; at once when it has passed. */
    Alarm at(long deadline, Runnable action);

    /** Runs {@code action} once after {@code delay}. */
    default Alarm after(Duration delay, Runnable action) {
        return at(nanoTime() + delay.toNanos(), action);
    }

    /** An action that is waiting for its moment. */
    @FunctionalInterface
    interface Alarm {
        /** Forgets the action; without effect once it has begun. */
        void cancel();
    }
}
