package dev.realtime.session;

import java.time.Duration;

/**
 * Bounds of connections and of the work they bring.
 *
 * @param connectTimeout how long a connection may wait for its first session
 * @param queueBytes how much may wait for one connection, in bytes on the wire
 * @param maxConnections how many connections the node holds
 * @param maxSessionsPerUser how many sessions one user has on this node, connections counted that are left without any
 * @param maxWaitingEvents how many events and connects of one connection may wait for their turn
 * @param maxWaitingOnNode how many of all connections may wait for their turn
 * @param drainTimeout how long an orderly stop takes at most
 * @param rates how often what may happen
 * @param liveness how long a client may be silent
 * @param waitingBytes how large that may be together which waits for its turn
 */
public record SessionSettings(
        Duration connectTimeout,
        int queueBytes,
        int maxConnections,
        int maxSessionsPerUser,
        int maxWaitingEvents,
        int maxWaitingOnNode,
        Duration drainTimeout,
        Rates rates,
        Liveness liveness,
        WaitingBytes waitingBytes) {

    /** 45 s to connect, 1 MB a queue, 100,000 connections, 50 sessions a user, 20 s to drain. */
    public static final SessionSettings DEFAULTS = new SessionSettings(
            Duration.ofSeconds(45), 1 << 20, 100_000, 50, 1_000, 100_000, Duration.ofSeconds(20), Rates.DEFAULTS);

    /** The same with the usual {@link Liveness} and {@link WaitingBytes}. */
    public SessionSettings(
            Duration connectTimeout,
            int queueBytes,
            int maxConnections,
            int maxSessionsPerUser,
            int maxWaitingEvents,
            int maxWaitingOnNode,
            Duration drainTimeout,
            Rates rates) {
        this(
                connectTimeout,
                queueBytes,
                maxConnections,
                maxSessionsPerUser,
                maxWaitingEvents,
                maxWaitingOnNode,
                drainTimeout,
                rates,
                Liveness.DEFAULTS,
                WaitingBytes.DEFAULTS);
    }

    /** These settings, but for how long a client may be silent. */
    public SessionSettings with(Liveness other) {
        return new SessionSettings(
                connectTimeout,
                queueBytes,
                maxConnections,
                maxSessionsPerUser,
                maxWaitingEvents,
                maxWaitingOnNode,
                drainTimeout,
                rates,
                other,
                waitingBytes);
    }

    /** These settings, but for how large that may be which waits. */
    public SessionSettings with(WaitingBytes other) {
        return new SessionSettings(
                connectTimeout,
                queueBytes,
                maxConnections,
                maxSessionsPerUser,
                maxWaitingEvents,
                maxWaitingOnNode,
                drainTimeout,
                rates,
                liveness,
                other);
    }

    /**
     * How large the events and connects may be that wait for their turn or are being done, in bytes as they came.
     *
     * @param ofConnection those of one connection; one always fits where there is no other
     * @param onNode those of all connections
     */
    public record WaitingBytes(int ofConnection, long onNode) {
        /** 4 MB of a connection, 64 MB on the node. */
        public static final WaitingBytes DEFAULTS = new WaitingBytes(4 << 20, 64L << 20);

        /** Checks that both are above zero. */
        public WaitingBytes {
            if (ofConnection < 1 || onNode < 1) {
                throw new IllegalArgumentException("the bytes that may wait have to be above zero");
            }
        }
    }

    /**
     * How long a client may be silent. Zero switches a bound off. Both come beside the heartbeat of a protocol, which
     * alone finds out whether a peer is still there.
     *
     * @param reapTimeout without any frame, pongs counted, until the connection is closed as dead; more than a ping and
     *     its pong may take
     * @param idleTimeout without an event until the session is ended
     */
    public record Liveness(Duration reapTimeout, Duration idleTimeout) {
        /** Closed after 5 minutes without a frame, never ended for want of events. */
        public static final Liveness DEFAULTS = new Liveness(Duration.ofMinutes(5), Duration.ZERO);

        /** No bound at all. */
        public static final Liveness OFF = new Liveness(Duration.ZERO, Duration.ZERO);

        /** Checks that neither is negative. */
        public Liveness {
            if (reapTimeout.isNegative() || idleTimeout.isNegative()) {
                throw new IllegalArgumentException("how long a client may be silent cannot be negative");
            }
        }
    }

    /**
     * Token buckets: so many a second, so many at once. A rate of 0 switches the bucket off.
     *
     * @param eventsPerSecond all events of one session
     * @param eventsBurst the same, at once
     * @param messagesPerSecond messages of one user
     * @param messagesBurst the same, at once
     * @param connectsPerSecond connection attempts of one address
     * @param connectsBurst the same, at once
     * @param callsPerMinute calls begun by one user in a minute, and at once
     */
    public record Rates(
            int eventsPerSecond,
            int eventsBurst,
            int messagesPerSecond,
            int messagesBurst,
            int connectsPerSecond,
            int connectsBurst,
            int callsPerMinute) {
        /** 50 and 100 events, 20 and 40 messages, 20 and 40 connects, 10 calls. */
        public static final Rates DEFAULTS = new Rates(50, 100, 20, 40, 20, 40);

        /** These, and 10 calls a minute. */
        public Rates(
                int eventsPerSecond,
                int eventsBurst,
                int messagesPerSecond,
                int messagesBurst,
                int connectsPerSecond,
                int connectsBurst) {
            this(eventsPerSecond, eventsBurst, messagesPerSecond, messagesBurst, connectsPerSecond, connectsBurst, 10);
        }
    }
}
