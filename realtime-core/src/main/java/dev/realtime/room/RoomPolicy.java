package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.auth.Principal;

/**
 * Decides on rooms whose id says nothing about who belongs there and which are bound to no visit. Called on worker
 * threads, where it may block; safe for many of them. A policy that throws has said no.
 */
@FunctionalInterface
public interface RoomPolicy {

    /** Whether the user may enter and use the room. Admins are not asked about. */
    boolean mayEnter(Principal who, RoomId room);
}
