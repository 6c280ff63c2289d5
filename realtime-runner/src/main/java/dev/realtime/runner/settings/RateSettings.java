package dev.realtime.runner.settings;

/**
 * How fast clients may be. A rate of 0 switches its limit off; a burst is what a client may do at once after a rest.
 *
 * @param eventsPerSecond events of one session
 * @param eventsBurst with this burst
 * @param messagesPerSecond messages of one user
 * @param messagesBurst with this burst
 * @param callsPerMinute calls begun by one user
 * @param connectsPerSecond connection attempts of one address
 * @param connectsBurst with this burst
 * @param requestsPerMinute REST requests of one address
 */
public record RateSettings(
        int eventsPerSecond,
        int eventsBurst,
        int messagesPerSecond,
        int messagesBurst,
        int callsPerMinute,
        int connectsPerSecond,
        int connectsBurst,
        int requestsPerMinute) {
    private static final int MOST = 1_000_000;

    static RateSettings read(Variables variables) {
        return new RateSettings(
                variables.number("RATE_EVENTS_PER_SECOND", 50, 0, MOST),
                variables.number("RATE_EVENTS_BURST", 100, 1, MOST),
                variables.number("RATE_MESSAGES_PER_SECOND", 20, 0, MOST),
                variables.number("RATE_MESSAGES_BURST", 40, 1, MOST),
                variables.number("RATE_CALLS_PER_MINUTE", 10, 0, MOST),
                variables.number("RATE_CONNECTS_PER_SECOND", 20, 0, MOST),
                variables.number("RATE_CONNECTS_BURST", 40, 1, MOST),
                variables.number("RATE_LIMIT_MAX", 100, 0, MOST));
    }
}
