package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps refresh families. Called on worker threads, where it may block; safe for many of them and for several nodes
 * on the same data. Every method throws {@link dev.realtime.error.StoreException} when it cannot be reached.
 */
public interface RefreshFamilyStore {
    /** How many families one user may have: devices that stay logged in. The one nearest its end makes room. */
    int MAX_PER_USER = 50;

    /** Enters a new family, and forgets those of its user that have expired at {@code now} or are too many. */
    void insert(RefreshFamily family, Instant now);

    /** The family with this id. */
    Optional<RefreshFamily> find(String id);

    /** Puts {@code next} in the place of {@code current}, if it is still there just so. Of two callers one wins. */
    boolean replace(RefreshFamily current, RefreshFamily next);

    /** Forgets a family; its tokens are good for nothing from now on. */
    void remove(String id);

    /** Forgets all families of a user. */
    void removeAll(UserId user);
}
