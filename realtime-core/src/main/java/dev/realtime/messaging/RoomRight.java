package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.auth.Principal;

/** Tells who may send to a room and read it; the same answer as for entering. May block. */
@FunctionalInterface
public interface RoomRight {

    /** Whether the user may use the room. */
    boolean mayUse(Principal who, RoomId room);
}
