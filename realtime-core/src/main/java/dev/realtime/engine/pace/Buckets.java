package dev.realtime.engine.pace;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token bucket for each user or address that is active. Bounded: a full bucket is as good as a new one, so full
 * ones are forgotten when there are too many; should they all be in use, some are forgotten anyway, which is generous
 * to whom they belonged.
 */
public final class Buckets<K> {
    private final TokenBucket.Rate rate;
    private final int max;
    private final Map<K, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** Buckets of this rate, {@code max} at most. */
    public Buckets(TokenBucket.Rate rate, int max) {
        this.rate = rate;
        this.max = max;
    }

    /** The bucket of {@code key}. */
    public TokenBucket of(K key, long now) {
        TokenBucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= max) {
            forget(now);
        }
        return buckets.computeIfAbsent(key, absent -> new TokenBucket(rate, now));
    }

    int size() {
        return buckets.size();
    }

    private synchronized void forget(long now) {
        if (buckets.size() < max) {
            return;
        }
        buckets.values().removeIf(bucket -> bucket.isFull(now));
        if (buckets.size() >= max) {
            buckets.keySet().stream().limit(Math.max(1, max / 10)).toList().forEach(buckets::remove);
        }
    }
}
