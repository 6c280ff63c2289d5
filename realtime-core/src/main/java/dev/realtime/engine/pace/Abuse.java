package dev.realtime.engine.pace;

/**
 * Counts what one connection should not do often: five hundred within any ten seconds are no accident. Holds the moments
 * of the last ten seconds, at most so many, and nothing while all is well. For one thread at a time.
 */
public final class Abuse {
    private static final int MOST = 500;
    private static final int SMALLEST = 2;
    private static final long WINDOW = 10_000_000_000L;
    private static final long[] NONE = new long[0];

    private long[] moments = NONE;
    private int first;
    private int count;

    /** Nothing has been counted. */
    public Abuse() {}

    /** Notes one; whether there are too many by now. */
    public boolean persists(long now) {
        while (count > 0 && (count == MOST || now - moments[first] > WINDOW)) {
            first = (first + 1) % moments.length;
            count--;
        }
        if (count == 0) {
            moments = new long[SMALLEST];
            first = 0;
        } else if (count == moments.length) {
            grow();
        }
        moments[(first + count++) % moments.length] = now;
        return count == MOST;
    }

    private void grow() {
        long[] larger = new long[Math.min(MOST, 2 * count)];
        for (int i = 0; i < count; i++) {
            larger[i] = moments[(first + i) % count];
        }
        moments = larger;
        first = 0;
    }
}
