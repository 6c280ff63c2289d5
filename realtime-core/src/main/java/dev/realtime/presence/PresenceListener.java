package dev.realtime.presence;

import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import java.time.Instant;

/**
 * Hears of presence, for one user in the order in which it happened on this node. Called on worker threads; does not
 * throw.
 */
@FunctionalInterface
public interface PresenceListener {

    /** The user is seen so from now on; at most once a second for each user, with the last value. */
    void changed(Presence presence);

    /**
     * The user has no session any more on any node, since {@code at}; told once, by the node that lost the last one or
     * found its node gone. The grace has only begun: most come back, and {@link PresenceTracker#isConnected} knows who
     * has meanwhile on another node.
     */
    default void lost(UserId user, Instant at) {}

    /** The user had no session on any node and has one now; told once, by the node of that session. */
    default void returned(UserId user) {}

    /** The store could not be reached; what it was to be told it is told with the next beat that reaches it. */
    default void failed(StoreException away) {}
}
