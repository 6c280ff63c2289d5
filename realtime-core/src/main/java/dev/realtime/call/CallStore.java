package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The calls that live, shared by all nodes, and those that are over and whose record is not stored yet.
 *
 * <p>Called on worker threads, where it may block; safe for many threads, and for several nodes on the same data: each
 * method is one atomic step. {@link StoreException} when it cannot be reached; nothing was changed then, as far as
 * anybody can tell.
 *
 * <ul>
 *   <li>A call stands in the store from its {@link #insert} to its {@link #remove}, in one form at a time.
 *   <li>Of several who replace the same form exactly one succeeds; so whatever is done to a call is done once, and a
 *       deadline that many nodes see pass has its effect once.
 *   <li>A call that was inserted or replaced is found in that form by whoever asks afterwards, on any node.
 * </ul>
 */
public interface CallStore {

    /** Begins to keep a call that is new. */
    void insert(Call call);

    /**
     * The same, unless another call rings between the same parties, whoever of them is the caller; then nothing is
     * changed, and the answer is false. Of two such calls at once one is kept.
     */
    boolean insertAlone(Call call);

    /**
     * Puts {@code next} in the place of {@code current}, a later form of the same call. False, and nothing is changed,
     * when the call is gone or not at the version of {@code current} any more.
     */
    boolean replace(Call current, Call next);

    /** Forgets the call; without effect when it is gone. */
    void remove(CallId id);

    /** The call, also when it is over; empty when there is none. */
    Optional<Call> find(CallId id);

    /** The calls of which the user is a party, those that are over among them; in no particular order. */
    List<Call> callsOf(UserId user);

    /** The calls whose deadline is at {@code now} or before, the longest overdue first, at most {@code limit} of them. */
    List<Call> due(Instant now, int limit);

    /** How many calls live, by state and by type. It may cost as much as looking at all of them. */
    CallStats stats();
}
