package dev.realtime.protocol.engineio;

import java.time.Duration;

/**
 * What Engine.IO tells its clients in the handshake, and holds them to.
 *
 * @param pingInterval from one pong to the next ping
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long a change from polling to WebSocket may take
 * @param maxPayload the largest frame or request body a client may send, in bytes
 */
public record EngineIoSettings(Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, int maxPayload) {

    /** Checks that everything is above zero. */
    public EngineIoSettings {
        requirePositive(pingInterval, "ping interval");
        requirePositive(pingTimeout, "ping timeout");
        requirePositive(upgradeTimeout, "upgrade timeout");
        if (maxPayload < 1) {
            throw new IllegalArgumentException("max payload has to be above zero, not " + maxPayload);
        }
    }

    /** 25 s, 20 s, 10 s and 1,000,000 bytes. */
    public static EngineIoSettings defaults() {
        return new EngineIoSettings(Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10), 1_000_000);
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " has to be above zero, not " + value);
        }
    }
}
