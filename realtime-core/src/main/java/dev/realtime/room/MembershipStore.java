package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which sessions are in which rooms. Short-lived: it may forget everything when its last node goes. Called on
 * worker threads, where it may block, from many at once. {@code MembershipStoreContract} tests each sentence here.
 */
public interface MembershipStore {

    /**
     * Enters the participant as the room's last; a session that is already there moves to the end with its new
     * {@link Participant#joinedAt()}. One atomic step.
     */
    void add(RoomId room, Participant participant);

    /** Takes the session out and tells who it was; empty when it was not there. Of two callers one gets it. */
    Optional<Participant> remove(RoomId room, SessionId session);

    /** Who is in the room, in the order of joining. */
    List<Participant> participants(RoomId room);

    /** Whether the session is in the room. */
    boolean contains(RoomId room, SessionId session);

    /** The rooms the session is in. */
    Set<RoomId> roomsOf(SessionId session);

    /** Every room with a participant, for statistics. */
    Set<RoomId> rooms();
}
