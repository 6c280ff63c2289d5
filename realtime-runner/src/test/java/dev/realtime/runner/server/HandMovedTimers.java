package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A clock that stands still until it is moved; alarms ring on the thread that moves it. */
final class HandMovedTimers implements Timers {
    private final List<Waiting> waiting = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Alarm at(long deadline, Runnable action) {
        Waiting alarm = new Waiting(deadline, action);
        waiting.add(alarm);
        return () -> forget(alarm);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    void advance(Duration step) {
        due(step).forEach(alarm -> alarm.action.run());
    }

    private synchronized List<Waiting> due(Duration step) {
        now += step.toNanos();
        List<Waiting> due = new ArrayList<>();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting alarm = each.next();
            if (alarm.deadline - now <= 0) {
                due.add(alarm);
                each.remove();
            }
        }
        return due;
    }

    private synchronized void forget(Waiting alarm) {
        waiting.remove(alarm);
    }

    private record Waiting(long deadline, Runnable action) {}
}
