package dev.realtime.presence;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Knows who is there, on all nodes. Short-lived: it may forget everything when its last node goes. Each call is one
 * atomic step, and its cost grows with what changes and not with how many are connected. Moments are handed in by nodes
 * whose clocks agree to a second or so. Called on worker threads, where it may block, from many at once; throws
 * {@link dev.realtime.error.StoreException} when it cannot be reached. {@code PresenceStoreContract} tests each sentence
 * here.
 *
 * <p>A {@link Change} is answered to whoever caused it, once, and only when others can see it: another status, other
 * words.
 */
public interface PresenceStore {

    /**
     * The node lives at this moment, and with it all its sessions. False when it was not known or was lost meanwhile:
     * then it is known from now on, and has no session.
     */
    boolean renew(String node, Instant now);

    /**
     * The user has this session from now on; one that is there already stays as it is. Somebody who was
     * {@link Availability#OFFLINE} for want of a session is {@link Availability#ONLINE}, with the words of before. Empty,
     * and nothing is done, when the node is not known or was lost meanwhile: it renews first.
     */
    Optional<Arrival> add(Lease lease, UserId user, Instant now);

    /**
     * The user does not have this session any more. True when it was the last: the user is seen as before until
     * {@link #depart}, and was there until now. False also when the session was not there.
     */
    boolean release(Lease lease, UserId user, Instant now);

    /**
     * Those whose last session was released at {@code moment} or before and who have none are offline, last seen when it
     * was released; each is told to one caller.
     */
    List<Change> depart(Instant moment);

    /**
     * The sessions of nodes that did not renew after {@code moment} are gone, and who has no other is offline at once,
     * last seen when the node was; each is told to one caller.
     */
    List<Loss> expire(Instant moment);

    /**
     * What the user says. The status lasts until the user is offline for want of a session, the words last longer.
     * {@link Availability#OFFLINE} hides somebody who is there, who then was seen last at this moment. Of somebody
     * without a session, on whichever node, only the words are taken; nothing of somebody who is not known.
     */
    Optional<Change> setStatus(UserId user, Availability status, Optional<String> customStatus, Instant now);

    /**
     * Whether the user is in a call, which is shown in place of the status until the user is offline for want of a
     * session. Nothing is kept of somebody who is not known.
     */
    Optional<Change> setInCall(UserId user, boolean isInCall, Instant now);

    /**
     * Those of the users who are known, in the order asked. Who is there was seen last at the last beat of a node with a
     * session of the user, or later.
     */
    List<Presence> find(Collection<UserId> users);

    /** Whether the user has a session, on any node, hidden or not. */
    boolean isConnected(UserId user);

    /** Forgets those who are offline and whose last session was released at {@code moment} or before. */
    void forget(Instant moment);

    /** How many users are seen as anything but offline. */
    long countOnline();
}
