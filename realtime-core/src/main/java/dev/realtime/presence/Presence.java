package dev.realtime.presence;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * One user as others see them.
 *
 * @param user who
 * @param status how the user can be reached
 * @param lastSeen of somebody who is there the last beat of the node; else when the last session was lost, or when the
 *     user went into hiding
 * @param customStatus what the user says of it in words
 */
public record Presence(UserId user, Availability status, Instant lastSeen, Optional<String> customStatus) {

    /** Whether the user is there, as far as others can see. */
    public boolean isOnline() {
        return status != Availability.OFFLINE;
    }

    /** Whether others see the same in both, the moments of a user who is there left aside. */
    public boolean looksLike(Presence other) {
        return user.equals(other.user)
                && status == other.status
                && customStatus.equals(other.customStatus)
                && (isOnline() || lastSeen.equals(other.lastSeen));
    }
}
