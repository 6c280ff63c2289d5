package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import java.util.UUID;

/**
 * Where a message stands and who said it.
 *
 * @param seq its number in the room
 */
public record Located(UUID id, RoomId room, long seq, UserId sender) {}
