package dev.realtime.engine;

/**
 * Counts what one connection should not do often: five hundred within ten seconds are no accident. For one
 * thread at a time.
 */
final class Abuse {
    private static final int MOST = 500;
    private static final long WINDOW = 10_000_000_000L;

    private long since;
    private int refusals;

    /** Notes one; whether there are too many by now. */
    boolean persists(long now) {
        if (refusals == 0 || now - since > WINDOW) {
            since = now;
            refusals = 0;
        }
        return ++refusals >= MOST;
    }
}
