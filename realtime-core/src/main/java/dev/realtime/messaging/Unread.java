package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import java.util.List;

/**
 * What a user has not read yet.
 *
 * @param rooms the user's rooms with messages, also those that are read to the end; the one with the newest message
 *     first, rooms of one moment by id. Cut at the limit asked for
 * @param total unread messages of all the user's rooms, those beyond the limit, too
 */
public record Unread(List<OfRoom> rooms, long total) {

    /** Copies the list. */
    public Unread {
        rooms = List.copyOf(rooms);
    }

    /**
     * What is unread in one room.
     *
     * @param unread messages of others after the read marker
     * @param lastSeq the number of the room's last message
     * @param lastReadSeq the user's read marker, 0 when nothing was read
     */
    public record OfRoom(RoomId room, long unread, long lastSeq, long lastReadSeq) {}
}
