package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.visit.VisitDirectory;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may enter which room. The id of the room decides, the same for joining, sending and reading: its prefix names
 * its kind, and rooms of no kind follow their visit when they are bound to one, else the host's policy.
 *
 * <p>Safe for many threads; asks the directory, the bindings and the policy, so it may block.
 */
public final class RoomAccess {
    private final VisitDirectory visits;
    private final RoomBindings bindings;
    private final RoomPolicy policy;
    private final Predicate<RoomId> isSession;

    /** {@code isSession} tells whether a room's id is that of a live session. */
    public RoomAccess(VisitDirectory visits, RoomBindings bindings, RoomPolicy policy, Predicate<RoomId> isSession) {
        this.visits = visits;
        this.bindings = bindings;
        this.policy = policy;
        this.isSession = isSession;
    }

    /** Whether the user may enter the room, send to it and read it. */
    public boolean allows(Principal who, RoomId room) {
        return switch (RoomKind.of(room)) {
            case RESERVED -> false;
            case CHAT -> who.isAdmin() || isNamed(who.user(), room);
            case OF_VISIT -> who.isAdmin() || takesPart(who.user(), RoomKind.rest(room));
            case NOTIFICATIONS ->
                who.isAdmin() || RoomKind.rest(room).equals(who.user().value());
            case OTHER -> !isSession.test(room) && (who.isAdmin() || allowsOther(who, room));
        };
    }

    /** Whether the room follows a visit once it is bound to one. */
    boolean isBindable(RoomId room) {
        return RoomKind.of(room) == RoomKind.OTHER
                && !isSession.test(room)
                && bindings.find(room).isEmpty();
    }

    private boolean allowsOther(Principal who, RoomId room) {
        Optional<VisitId> visit = bindings.find(room);
        return visit.isPresent() ? visits.isParticipant(visit.get(), who.user()) : policy.mayEnter(who, room);
    }

    private boolean takesPart(UserId user, String visit) {
        // What follows the prefix may have a colon, which no visit id has: such a visit is unknown.
        boolean isVisit = !visit.isEmpty() && visit.length() <= VisitId.MAX_LENGTH && visit.indexOf(':') < 0;
        return isVisit && visits.isParticipant(new VisitId(visit), user);
    }

    private static boolean isNamed(UserId user, RoomId room) {
        return Arrays.asList(RoomKind.rest(room).split(":")).contains(user.value());
    }
}
