package dev.realtime.auth;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * The authenticated user behind a session.
 *
 * @param user who it is
 * @param role what the user is to the application; see {@link Role} for the names with a meaning here
 * @param expiresAt when the proof runs out; empty when it does not
 */
public record Principal(UserId user, String role, Optional<Instant> expiresAt) {

    /** Checks that there is a role. */
    public Principal {
        if (role.isEmpty()) {
            throw new IllegalArgumentException("a principal has a role");
        }
    }

    /** A principal whose proof does not run out. */
    public Principal(UserId user, String role) {
        this(user, role, Optional.empty());
    }

    /** Whether the role is {@code admin} or {@code super_admin}. */
    public boolean isAdmin() {
        return Role.isAdmin(role);
    }
}
