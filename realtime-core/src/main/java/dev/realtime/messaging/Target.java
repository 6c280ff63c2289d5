package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;

/** Where a message is sent. */
public sealed interface Target {

    /** The room in which it is stored. */
    RoomId room(UserId sender);

    /** To a room. */
    record ToRoom(RoomId to) implements Target {
        @Override
        public RoomId room(UserId sender) {
            return to;
        }
    }

    /** To a user: stored in the direct chat of the two. */
    record ToUser(UserId to) implements Target {
        @Override
        public RoomId room(UserId sender) {
            return RoomId.directChat(sender, to);
        }
    }

    /** To the participants of a visit: stored in the visit's room. */
    record ToVisit(VisitId to) implements Target {
        @Override
        public RoomId room(UserId sender) {
            return RoomId.ofVisit(to);
        }
    }
}
