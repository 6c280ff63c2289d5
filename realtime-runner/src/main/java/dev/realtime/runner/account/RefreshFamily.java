package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The chain of refresh tokens that began with one login. Only its newest token is good, so only that one is known.
 *
 * @param id random, 22 characters; part of each of its tokens
 * @param user whose it is
 * @param tokenHash the SHA-256 of the newest token's own part, 43 characters
 * @param expiresAt when the newest token runs out, to the millisecond
 */
public record RefreshFamily(String id, UserId user, String tokenHash, Instant expiresAt) {

    /** Cuts the moment to milliseconds. */
    public RefreshFamily {
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same family with its next token. */
    RefreshFamily continuedBy(String nextHash, Instant nextExpiry) {
        return new RefreshFamily(id, user, nextHash, nextExpiry);
    }

    @Override
    public String toString() {
        return "RefreshFamily[" + user + ", " + expiresAt + "]";
    }
}
