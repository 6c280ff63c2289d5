package dev.realtime.engine.pace;

import java.time.Duration;

/**
 * Lets so many things happen a second and so many at once; a token bucket. Safe for many threads.
 *
 * <p>Kept as one number, the moment at which the bucket would be full again (the generic cell rate algorithm, ITU-T
 * I.371), so that a bucket costs an object of two words and nothing ever refills it.
 */
public final class TokenBucket {
    private final Rate rate;
    private long fullAt;

    /** A full bucket. */
    public TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.fullAt = now;
    }

    /**
     * How much is let through.
     *
     * @param count so many; 0 lets everything through
     * @param period in so much time
     * @param burst so many at once
     */
    public record Rate(int count, Duration period, int burst) {
        /** So many a second. */
        public Rate(int perSecond, int burst) {
            this(perSecond, Duration.ofSeconds(1), burst);
        }

        boolean isOff() {
            return count == 0;
        }

        private long interval() {
            return period.toNanos() / count;
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
