package dev.realtime.recovery;

import java.time.Duration;

/**
 * How much of what a client misses is kept for its return. What is beyond a bound is not recovered at all.
 *
 * @param window how long after a loss a client may come back; zero switches recovery off
 * @param events how many events of one session
 * @param bytes how many bytes of one session, on the wire
 * @param parked how many lost sessions of this node
 */
public record RecoverySettings(Duration window, int events, int bytes, int parked) {
    /** 2 minutes, 1,000 events and 1 MB a session, 100,000 sessions. */
    public static final RecoverySettings DEFAULTS =
            new RecoverySettings(Duration.ofMinutes(2), 1_000, 1 << 20, 100_000);

    /** Recovery switched off. */
    public static final RecoverySettings OFF = new RecoverySettings(Duration.ZERO, 1_000, 1 << 20, 0);

    /** Whether anything is recovered. */
    public boolean isOn() {
        return !window.isZero();
    }
}
