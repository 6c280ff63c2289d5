package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.LimitExceededException;
import dev.realtime.visit.VisitDirectory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets sessions into rooms and out again, and tells who is there. Any thread may call; every call may block on the
 * stores.
 */
public final class RoomManager {
    private final RoomAccess access;
    private final MembershipStore members;
    private final RoomClaims claims;
    private final RoomListener listener;
    private final InstantSource time;
    private final RoomSettings settings;

    /** {@code hasMessages} tells whether anything was ever said in a room. */
    public RoomManager(
            RoomAccess access,
            RoomStores stores,
            VisitDirectory visits,
            Predicate<RoomId> hasMessages,
            RoomListener listener,
            InstantSource time,
            RoomSettings settings) {
        this.access = access;
        this.members = stores.members();
        this.claims = new RoomClaims(access, stores, visits, hasMessages);
        this.listener = listener;
        this.time = time;
        this.settings = settings;
    }

    /**
     * Lets the session in and answers who is there, itself included, in the order of joining. Joining again moves
     * it to the end. A room that nobody used before is bound to {@code claim}, when the user takes part in it.
     *
     * @throws AccessDeniedException when the user may not enter
     * @throws LimitExceededException when the session is in too many rooms
     */
    public List<Participant> join(Principal who, SessionId session, RoomId room, Optional<VisitId> claim) {
        Participant participant = participant(who, session);
        claims.entering(room, who, claim, () -> {
            requireAccess(who, room);
            requirePlace(session, room);
            members.add(room, participant);
        });
        listener.joined(room, participant);
        return members.participants(room);
    }

    /** Lets a session that is back into the rooms it was in, unless it never left them for the others. */
    public void restore(Principal who, SessionId session, Set<RoomId> rooms) {
        for (RoomId room : rooms) {
            if (!members.contains(room, session)) {
                Participant participant = participant(who, session);
                members.add(room, participant);
                listener.joined(room, participant);
            }
        }
    }

    /** Takes the session out; false when it was not there. */
    public boolean leave(SessionId session, RoomId room) {
        return remove(session, room, Optional.empty());
    }

    /** Takes a session that is gone out of all its rooms, for the reason the others are told. */
    public void depart(SessionId session, String reason) {
        members.roomsOf(session).forEach(room -> remove(session, room, Optional.of(reason)));
    }

    /**
     * Who is in the room, in the order of joining: for those who are in it and for admins; for anyone who may enter
     * while nobody is.
     *
     * @throws AccessDeniedException otherwise
     */
    public List<Participant> participants(Principal who, SessionId session, RoomId room) {
        List<Participant> present = members.participants(room);
        if (members.contains(room, session)) {
            return present;
        }
        if (!present.isEmpty() && !who.isAdmin()) {
            throw denied(who, room);
        }
        requireAccess(who, room);
        return present;
    }

    private Participant participant(Principal who, SessionId session) {
        return new Participant(session, who.user(), who.role(), time.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private boolean remove(SessionId session, RoomId room, Optional<String> reason) {
        Optional<Participant> gone = members.remove(room, session);
        gone.ifPresent(participant -> listener.left(room, participant, reason));
        return gone.isPresent();
    }

    private void requireAccess(Principal who, RoomId room) {
        if (!access.allows(who, room)) {
            throw denied(who, room);
        }
    }

    private void requirePlace(SessionId session, RoomId room) {
        if (members.roomsOf(session).size() >= settings.maxRoomsPerSession() && !members.contains(room, session)) {
            throw new LimitExceededException(LimitExceededException.Subject.ROOMS, settings.maxRoomsPerSession());
        }
    }

    private static AccessDeniedException denied(Principal who, RoomId room) {
        return new AccessDeniedException(
                AccessDeniedException.Subject.ROOM, "user " + who.user() + " may not enter room " + room);
    }
}
