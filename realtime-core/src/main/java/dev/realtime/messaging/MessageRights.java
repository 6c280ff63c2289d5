package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.AccessDeniedException.Subject;

/** Who may write where, and who may read what. */
record MessageRights(RoomRight rooms, MessagePolicy policy) {

    void requireToSend(Principal sender, NewMessage message) {
        if (message.target() instanceof Target.ToRoom to) {
            require(rooms.mayUse(sender, to.to()) && mayWriteDirectly(sender, to.to()), Subject.ROOM, sender, to.to());
        } else if (message.target() instanceof Target.ToUser to) {
            require(policy.mayWrite(sender, to.to()), Subject.USER, sender, to.to());
        }
        message.visit().ifPresent(visit -> requireVisit(sender, visit));
    }

    void requireToRead(Principal reader, HistoryQuery.Source source) {
        RoomId room = source instanceof HistoryQuery.OfRoom of
                ? of.room()
                : RoomId.ofVisit(((HistoryQuery.OfVisit) source).visit());
        require(rooms.mayUse(reader, room), Subject.CONVERSATION, reader, room);
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
