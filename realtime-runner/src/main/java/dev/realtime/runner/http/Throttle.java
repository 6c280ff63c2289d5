package dev.realtime.runner.http;

import dev.realtime.json.Payload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts what each key does in a minute, which begins with the first of its deeds. At most 10,000 keys are
 * remembered; then the one whose minute began first is forgotten. Safe for many threads.
 */
public final class Throttle {
    private static final int MAX_KEYS = 10_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Map<String, Minute> minutes = new LinkedHashMap<>();

    /** Admits {@code perMinute} deeds of one key; 0 admits all. {@code nanoTime} is a monotonic clock. */
    public Throttle(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Counts one deed of the key; when there were too many, nothing is counted and the answer is how long to wait. */
    public synchronized Optional<Duration> refuse(String key) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        Minute minute = current(key, now);
        if (minute.count == perMinute) {
            return Optional.of(Duration.ofNanos(minute.start + MINUTE - now));
        }
        minute.count++;
        return Optional.empty();
    }

    /** Takes back one deed that turned out not to count. */
    public synchronized void giveBack(String key) {
        Minute minute = minutes.get(key);
        if (minute != null && minute.count > 0) {
            minute.count--;
        }
    }

    /** The answer to a request that has to wait. */
    public static Response tooMany(Duration wait) {
        String body = Payload.object()
                .put("error", "Too many requests, please try again later")
                .end()
                .toString();
        return Response.json(429, body)
                .with(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    private Minute current(String key, long now) {
        Minute known = minutes.get(key);
        if (known != null && now - known.start < MINUTE) {
            return known;
        }
        // Taken out first, so that the map stays in the order in which minutes began.
        minutes.remove(key);
        if (minutes.size() == MAX_KEYS) {
            minutes.remove(minutes.keySet().iterator().next());
        }
        Minute fresh = new Minute(now);
        minutes.put(key, fresh);
        return fresh;
    }

    private static final class Minute {
        private final long start;
        private int count;

        Minute(long start) {
            this.start = start;
        }
    }
}
