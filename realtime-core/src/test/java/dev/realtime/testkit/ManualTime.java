package dev.realtime.testkit;

import dev.realtime.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Time that stands still until a test moves it: a wall clock and a monotonic clock that go together, with alarms.
 * Any thread may read and set alarms; they ring only inside {@link #advance}, on the thread that calls it.
 */
public final class ManualTime implements Timers, InstantSource {
    // The monotonic clock overflows within the first second, so that code which compares its values is found out. One
    // second after the start it is -9,223,372,036 s: whole seconds are round then, and heartbeats are due at round
    // ones.
    private long nanos = Long.MAX_VALUE - 145_224_191L;
    private Instant instant;
    private long set;
    private final PriorityQueue<Waiting> alarms = new PriorityQueue<>();

    /** Time that begins on a November morning. */
    public ManualTime() {
        this(Instant.parse("2026-11-23T09:15:48Z"));
    }

    /** Time that begins at {@code start}. */
    public ManualTime(Instant start) {
        this.instant = start;
    }

    @Override
    public synchronized Instant instant() {
        return instant;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Sets an alarm. One for a moment that has passed rings at the next {@link #advance}, also by nothing. */
    @Override
    public synchronized Alarm at(long deadline, Runnable action) {
        Waiting alarm = new Waiting(deadline, set++, action);
        alarms.add(alarm);
        return () -> forget(alarm);
    }

    /**
     * Moves both clocks. Alarms that come due ring in the order of their deadlines, each while the clocks show its
     * own deadline; so do those that are set meanwhile.
     */
    public void advance(Duration by) {
        long target = nanoTime() + by.toNanos();
        for (Optional<Waiting> due = nextBefore(target); due.isPresent(); due = nextBefore(target)) {
            due.get().action.run();
        }
        moveTo(target);
    }

    /** How many alarms are set and have not rung. */
    public synchronized int waiting() {
        return alarms.size();
    }

    private synchronized Optional<Waiting> nextBefore(long target) {
        Waiting first = alarms.peek();
        if (first == null || first.deadline - target > 0) {
            return Optional.empty();
        }
        moveTo(first.deadline);
        return Optional.of(alarms.remove());
    }

    private synchronized void moveTo(long moment) {
        if (moment - nanos > 0) {
            instant = instant.plusNanos(moment - nanos);
            nanos = moment;
        }
    }

    private synchronized void forget(Waiting alarm) {
        alarms.remove(alarm);
    }

    private record Waiting(long deadline, long order, Runnable action) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return deadline == other.deadline
                    ? Long.compare(order, other.order)
                    : Long.signum(deadline - other.deadline);
        }
    }
}
