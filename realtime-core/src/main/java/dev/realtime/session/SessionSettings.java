package dev.realtime.session;

import java.time.Duration;

/**
 * Bounds of connections and of the work they bring.
 *
 * @param connectTimeout how long a connection may stay without a session
 * @param queueBytes how much may wait for one connection, in bytes on the wire
 * @param maxConnections how many connections the node holds
 * @param maxSessionsPerUser how many sessions one user has on this node
 * @param maxWaitingEvents how many events of one connection may wait for their turn
 * @param maxWaitingOnNode how many events of all connections may wait for their turn
 * @param drainTimeout how long an orderly stop takes at most
 * @param rates how often what may happen
 */
public record SessionSettings(
        Duration connectTimeout,
        int queueBytes,
        int maxConnections,
        int maxSessionsPerUser,
        int maxWaitingEvents,
        int maxWaitingOnNode,
        Duration drainTimeout,
        Rates rates) {

    /** 45 s to connect, 1 MB a queue, 100,000 connections, 50 sessions a user, 20 s to drain. */
    public static final SessionSettings DEFAULTS = new SessionSettings(
            Duration.ofSeconds(45), 1 << 20, 100_000, 50, 1_000, 100_000, Duration.ofSeconds(20), Rates.DEFAULTS);

    /**
     * Token buckets: so many a second, so many at once. A rate of 0 switches the bucket off.
     *
     * @param eventsPerSecond all events of one session
     * @param eventsBurst the same, at once
     * @param messagesPerSecond messages of one user
     * @param messagesBurst the same, at once
     * @param connectsPerSecond connection attempts of one address
     * @param connectsBurst the same, at once
     */
    public record Rates(
            int eventsPerSecond,
            int eventsBurst,
            int messagesPerSecond,
            int messagesBurst,
            int connectsPerSecond,
            int connectsBurst) {
        /** 50 and 100 events, 20 and 40 messages, 20 and 40 connects. */
        public static final Rates DEFAULTS = new Rates(50, 100, 20, 40, 20, 40);
    }
}
