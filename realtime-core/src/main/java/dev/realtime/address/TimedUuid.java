package dev.realtime.address;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes UUIDs of version 7 (RFC 9562 section 5.7): milliseconds first, and then 74 random bits. */
public final class TimedUuid {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimedUuid() {}

    /** A new one of this moment. */
    public static UUID next(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now.toEpochMilli() << 16) | VERSION_7 | random.nextInt(1 << 12);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
