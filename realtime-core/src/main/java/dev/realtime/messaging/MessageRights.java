package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.AccessDeniedException.Subject;
import dev.realtime.visit.VisitDirectory;
import java.util.List;

/**
 * Who may write where, who may read what, and which rooms are a user's by visit. Safe for many threads; asks the host,
 * so it may block.
 *
 * @param rooms who may use which room
 * @param policy who may write to whom
 * @param visits who takes part in which visit
 */
public record MessageRights(RoomRight rooms, MessagePolicy policy, VisitDirectory visits) {
    /** How many visits of one user are looked at, the newest ones. */
    static final int MAX_VISITS = 10_000;

    /**
     * The right to write to a room or to a user.
     *
     * @throws AccessDeniedException without it
     */
    public void requireToSend(Principal sender, Target target) {
        if (target instanceof Target.ToRoom to) {
            require(rooms.mayUse(sender, to.to()) && mayWriteDirectly(sender, to.to()), Subject.ROOM, sender, to.to());
        } else if (target instanceof Target.ToUser to) {
            require(policy.mayWrite(sender, to.to()), Subject.USER, sender, to.to());
        }
    }

    /**
     * The right to address whom a room names: what is left to ask of somebody who may use the room.
     *
     * @throws AccessDeniedException without it
     */
    public void requireToAddress(Principal sender, RoomId room) {
        require(mayWriteDirectly(sender, room), Subject.ROOM, sender, room);
    }

    void requireToSend(Principal sender, NewMessage message) {
        requireToSend(sender, message.target());
        message.visit().ifPresent(visit -> requireVisit(sender, visit));
    }

    void requireToRead(Principal reader, HistoryQuery.Source source) {
        RoomId room = source instanceof HistoryQuery.OfRoom of
                ? of.room()
                : RoomId.ofVisit(((HistoryQuery.OfVisit) source).visit());
        require(rooms.mayUse(reader, room), Subject.CONVERSATION, reader, room);
    }

    void requireToUse(Principal who, RoomId room) {
        require(rooms.mayUse(who, room), Subject.ROOM, who, room);
    }

    /** The rooms of the visits in which the user takes part. */
    List<RoomId> visitRoomsOf(UserId user) {
        return visits.visitsOf(user, MAX_VISITS).stream().map(RoomId::ofVisit).toList();
    }

    private void requireVisit(Principal sender, VisitId visit) {
        require(rooms.mayUse(sender, RoomId.ofVisit(visit)), Subject.VISIT, sender, visit);
    }

    /** A direct chat named by its room is under the same policy as one named by its recipient. */
    private boolean mayWriteDirectly(Principal sender, RoomId room) {
        return room.otherParty(sender.user()).stream().allMatch(other -> policy.mayWrite(sender, other));
    }

    private static void require(boolean mayDo, Subject subject, Principal who, Object what) {
        if (!mayDo) {
            throw new AccessDeniedException(subject, "user " + who.user() + " has no right to " + what);
        }
    }
}
