package dev.realtime.presence;

import java.time.Duration;

/**
 * Bounds and delays of presence.
 *
 * @param grace how long a user without a session still is there: most come back
 * @param coalescing how often at most others hear of one user
 * @param beat how often a node says that it lives; {@link Presence#lastSeen()} is as exact
 * @param lease how long a node is believed to live that does not say so
 * @param retention how long it is known that somebody was there
 * @param perSession how many users one session may watch
 */
public record PresenceSettings(
        Duration grace, Duration coalescing, Duration beat, Duration lease, Duration retention, int perSession) {
    /** 5 seconds, 1 second, 3 seconds, 10 seconds, 24 hours, 2,000 users. */
    public static final PresenceSettings DEFAULTS = new PresenceSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofHours(24),
            2_000);

    /** Checks that a node beats at least twice within its lease, and that nothing is below its least. */
    public PresenceSettings {
        if (grace.isNegative() || coalescing.isNegative() || retention.isNegative() || perSession < 1) {
            throw new IllegalArgumentException("a delay of presence is below 0, or nobody may be watched");
        }
        if (beat.isNegative() || beat.isZero() || lease.compareTo(beat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a lease of " + lease + " is lost between two beats of " + beat);
        }
    }

    /** The same with another grace. */
    public PresenceSettings withGrace(Duration other) {
        return new PresenceSettings(other, coalescing, beat, lease, retention, perSession);
    }
}
