package dev.realtime.engine.pace;

/**
 * Lets so many things happen a second and so many at once; a token bucket. Safe for many threads.
 *
 * <p>Kept as one number, the moment at which the bucket would be full again (the generic cell rate algorithm, ITU-T
 * I.371), so that a bucket costs an object of two words and nothing ever refills it.
 */
public final class TokenBucket {
    private static final double SECOND = 1e9;

    private final Rate rate;
    private long fullAt;

    /** A full bucket. */
    public TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.fullAt = now;
    }

    /** So many a second, so many at once; a rate of 0 lets everything through. */
    public record Rate(int perSecond, int burst) {
        boolean isOff() {
            return perSecond == 0;
        }

        private long interval() {
            return (long) (SECOND / perSecond);
        }
    }

    /** Takes a token: 0 when there was one, else the nanoseconds until there is one, and none is taken. */
    public synchronized long take(long now) {
        if (rate.isOff()) {
            return 0;
        }
        long next = (fullAt - now > 0 ? fullAt : now) + rate.interval();
        long tooEarly = next - now - rate.burst() * rate.interval();
        if (tooEarly > 0) {
            return tooEarly;
        }
        fullAt = next;
        return 0;
    }

    /** Puts back a token that was taken for nothing. */
    public synchronized void giveBack() {
        if (!rate.isOff()) {
            fullAt -= rate.interval();
        }
    }

    /** Whether it is as good as new. */
    synchronized boolean isFull(long now) {
        return fullAt - now <= 0;
    }
}
