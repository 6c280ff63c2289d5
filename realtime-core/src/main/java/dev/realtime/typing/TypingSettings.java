package dev.realtime.typing;

import java.time.Duration;

/**
 * Bounds of typing.
 *
 * @param expiry how long somebody writes who does not say so again
 * @param perSession in how many rooms one session writes at once; beyond it the one longest silent has stopped
 */
public record TypingSettings(Duration expiry, int perSession) {
    /** 10 seconds, 20 rooms. */
    public static final TypingSettings DEFAULTS = new TypingSettings(Duration.ofSeconds(10), 20);

    /** Checks that both are above 0. */
    public TypingSettings {
        if (expiry.isNegative() || expiry.isZero() || perSession < 1) {
            throw new IllegalArgumentException("typing lasts some time, in at least one room");
        }
    }
}
