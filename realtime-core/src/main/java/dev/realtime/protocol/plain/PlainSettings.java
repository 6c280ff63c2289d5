package dev.realtime.protocol.plain;

import java.time.Duration;

/**
 * How clients of the plain protocol are kept alive, and how much they may send at once.
 *
 * @param pingInterval from one pong to the next ping
 * @param pingTimeout how long a pong may take
 * @param maxPayload the largest frame a client may send, in bytes
 */
public record PlainSettings(Duration pingInterval, Duration pingTimeout, int maxPayload) {

    /** Checks that everything is above zero. */
    public PlainSettings {
        if (pingInterval.isZero() || pingInterval.isNegative() || pingTimeout.isZero() || pingTimeout.isNegative()) {
            throw new IllegalArgumentException("ping interval and timeout have to be above zero");
        }
        if (maxPayload < 1) {
            throw new IllegalArgumentException("max payload has to be above zero, not " + maxPayload);
        }
    }

    /** 25 s, 20 s and 1,000,000 bytes. */
    public static PlainSettings defaults() {
        return new PlainSettings(Duration.ofSeconds(25), Duration.ofSeconds(20), 1_000_000);
    }
}
