package dev.realtime.typing;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import java.util.Optional;

/**
 * Somebody writes something for a room.
 *
 * @param user who
 * @param role the user's role
 * @param session where
 * @param room for which room
 * @param recipient the user who alone is to hear of it, of a direct chat; empty when the room is
 */
public record Typing(UserId user, String role, SessionId session, RoomId room, Optional<UserId> recipient) {}
