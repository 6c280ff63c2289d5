package dev.realtime.presence;

import static dev.realtime.presence.Availability.IN_CALL;
import static dev.realtime.presence.Availability.OFFLINE;
import static dev.realtime.presence.Availability.ONLINE;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is known of one user in memory. Guarded by the store's lock. */
final class Known {
    private final UserId user;
    private final Set<Lease> leases = new HashSet<>(2);
    private Availability chosen = OFFLINE;
    private Optional<String> words = Optional.empty();
    private boolean isInCall;
    /** Whether the last session is gone for good. */
    private boolean isGone = true;

    /** The last sign of life while others could see the user, beats aside. */
    private Instant lastSeen;

    private Instant lostAt;
    private long version;

    Known(UserId user, Instant now) {
        this.user = user;
        this.lastSeen = now;
        this.lostAt = now;
    }

    UserId user() {
        return user;
    }

    boolean isConnected() {
        return !leases.isEmpty();
    }

    boolean isGone() {
        return isGone;
    }

    /** When the last session was lost, of somebody who has none. */
    Instant lostAt() {
        return lostAt;
    }

    void add(Lease lease, Instant now) {
        leases.add(lease);
        if (isGone) {
            isGone = false;
            chosen = ONLINE;
            lastSeen = now;
        }
    }

    /** Whether it was the last one. */
    boolean release(Lease lease, Instant now) {
        boolean wasLast = leases.remove(lease) && leases.isEmpty();
        if (wasLast) {
            lostAt = now;
            isSeen(now);
        }
        return wasLast;
    }

    void depart() {
        isGone = true;
        isInCall = false;
    }

    void set(Availability status, Optional<String> customStatus, Instant now) {
        words = customStatus;
        if (isConnected()) {
            isSeen(now);
            chosen = status;
        }
    }

    void setInCall(boolean is, Instant now) {
        isSeen(now);
        isInCall = is && !isGone;
    }

    /** As others see it; {@code beat} tells when a node was heard of. */
    Presence seen(Function<String, Instant> beat) {
        Availability status = status();
        Instant moment = lastSeen;
        if (status != OFFLINE) {
            for (Lease lease : leases) {
                Instant last = beat.apply(lease.node());
                moment = last.isAfter(moment) ? last : moment;
            }
        }
        return new Presence(user, status, moment, words);
    }

    long nextVersion(Instant now) {
        version = Math.max(version + 1, now.toEpochMilli());
        return version;
    }

    private Availability status() {
        if (isGone) {
            return OFFLINE;
        }
        return isInCall ? IN_CALL : chosen;
    }

    /** Who hides gives no sign of life. */
    private void isSeen(Instant now) {
        if (status() != OFFLINE && now.isAfter(lastSeen)) {
            lastSeen = now;
        }
    }
}
