package dev.realtime.engine.pace;

import dev.realtime.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the proof behind a session holds, by the clock of timestamps. One alarm at most is set: for a minute before
 * the end, then for the end. An end that is far is looked at again every hour, so that none is too far for the clock of
 * deadlines and a correction of the other clock is noticed.
 *
 * <p>Any thread may call; the owner is called outside of the lock.
 */
public final class Expiry {
    private static final Duration NOTICE = Duration.ofSeconds(60);
    private static final Duration FARTHEST = Duration.ofHours(1);

    private final Timers timers;
    private final InstantSource time;
    private final Duration tolerance;
    private final Owner owner;
    private Optional<Instant> end = Optional.empty();
    private boolean isAnnounced;
    private boolean hasEnded;
    private boolean isWatched;
    private Timers.@Nullable Alarm alarm;

    /** Lets a proof hold for {@code tolerance} beyond its end. */
    public Expiry(Timers timers, InstantSource time, Duration tolerance, Owner owner) {
        this.timers = timers;
        this.time = time;
        this.tolerance = tolerance;
        this.owner = owner;
    }

    /** Whose proof it is. Called on the thread of alarms, or of who begins to watch; must not block. */
    public interface Owner {
        /** The proof ends in a minute or less. */
        void runsOut(Instant end);

        /** The proof has ended; it cannot be renewed any more. */
        void hasRunOut(Instant end);
    }

    /** Watches a proof that was just given; without an end there is nothing to watch. */
    public void begin(Optional<Instant> given) {
        synchronized (this) {
            hasEnded = false;
            isWatched = true;
            replace(given);
        }
        look();
    }

    /** Watches a new proof in the place of the old one, unless that has ended. */
    public boolean renew(Optional<Instant> given) {
        synchronized (this) {
            if (hasEnded) {
                return false;
            }
            replace(given);
        }
        look();
        return true;
    }

    /** Watches no more until it begins again. */
    public synchronized void stop() {
        isWatched = false;
        cancel();
    }

    private void look() {
        Optional<Instant> seen;
        Duty duty;
        synchronized (this) {
            seen = end;
            duty = due();
        }
        switch (duty) {
            case ANNOUNCE -> seen.ifPresent(owner::runsOut);
            case END -> seen.ifPresent(owner::hasRunOut);
            case NOTHING -> {}
        }
    }

    private synchronized Duty due() {
        cancel();
        if (end.isEmpty() || hasEnded || !isWatched) {
            return Duty.NOTHING;
        }
        Duration left = left(end.get());
        if (left.isNegative() || left.isZero()) {
            hasEnded = true;
            return Duty.END;
        }
        boolean isNear = left.compareTo(NOTICE) <= 0;
        alarm = timers.after(isNear ? left : left.minus(NOTICE), this::look);
        if (!isNear || isAnnounced) {
            return Duty.NOTHING;
        }
        isAnnounced = true;
        return Duty.ANNOUNCE;
    }

    /** Compared before it is subtracted: the difference of two instants may be more than there are nanoseconds. */
    private Duration left(Instant moment) {
        Instant now = time.instant();
        return moment.isAfter(now.plus(FARTHEST))
                ? FARTHEST
                : Duration.between(now, moment).plus(tolerance);
    }

    private void replace(Optional<Instant> given) {
        end = given;
        isAnnounced = false;
    }

    private synchronized void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private enum Duty {
        NOTHING,
        ANNOUNCE,
        END
    }
}
