package dev.realtime.presence;

import dev.realtime.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * One alarm for all that presence does by itself: the beats of the node, and between them the ends of graces, however
 * many wait. It rings on, whatever becomes of the work. Any thread may call.
 */
final class Pulse {
    private final Rhythm rhythm;
    private final Timers timers;
    private final long beat;
    private final long grace;
    /** The first to be over comes first, as all last equally long. */
    private final ArrayDeque<Grace> graces = new ArrayDeque<>();

    private Optional<Timers.Alarm> alarm = Optional.empty();
    private long ringsAt;
    private long nextBeat;
    private boolean isClosed;

    /** What is done. Called on the thread of the alarms; it has others do it. */
    interface Rhythm {
        void beat();

        /** The grace of those is over who were lost at this moment or before. */
        void over(Instant lostAt);
    }

    private record Grace(long end, Instant lostAt) {}

    Pulse(Rhythm rhythm, Timers timers, Duration beat, Duration grace) {
        this.rhythm = rhythm;
        this.timers = timers;
        this.beat = beat.toNanos();
        this.grace = grace.toNanos();
    }

    /** Begins; the first beat is one interval away. */
    synchronized void start() {
        nextBeat = timers.nanoTime() + beat;
        set(nextBeat);
    }

    /** A grace begins. */
    synchronized void expect(Instant lostAt) {
        Grace added = new Grace(timers.nanoTime() + grace, lostAt);
        graces.add(added);
        if (!isClosed && added.end - ringsAt < 0) {
            alarm.ifPresent(Timers.Alarm::cancel);
            set(added.end);
        }
    }

    /** Rings no more. */
    synchronized void close() {
        isClosed = true;
        alarm.ifPresent(Timers.Alarm::cancel);
    }

    private void ring() {
        boolean isBeat;
        Optional<Instant> over;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            long now = timers.nanoTime();
            isBeat = nextBeat - now <= 0;
            if (isBeat) {
                nextBeat = now + beat;
            }
            over = overAt(now);
            Grace first = graces.peek();
            set(first == null || nextBeat - first.end < 0 ? nextBeat : first.end);
        }
        over.ifPresent(rhythm::over);
        if (isBeat) {
            rhythm.beat();
        }
    }

    /** The latest moment of those whose grace is over. */
    private Optional<Instant> overAt(long now) {
        Instant latest = Instant.MIN;
        for (Grace first = graces.peek(); first != null && first.end - now <= 0; first = graces.peek()) {
            graces.remove();
            latest = first.lostAt.isAfter(latest) ? first.lostAt : latest;
        }
        return latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest);
    }

    private void set(long deadline) {
        ringsAt = deadline;
        alarm = Optional.of(timers.at(deadline, this::ring));
    }
}
