package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;

/**
 * How far one user has come in one room. Everything up to a marker counts, whether or not each message was named.
 *
 * @param delivered the number of the last message that arrived at the user, 0 for none; never less than {@code read}
 * @param read the number of the last message the user has read, 0 for none
 */
public record Marker(RoomId room, UserId user, long delivered, long read) {

    /** Checks that nothing was read that did not arrive. */
    public Marker {
        if (read < 0 || delivered < read) {
            throw new IllegalArgumentException("read " + read + " of delivered " + delivered + " in room " + room);
        }
    }

    /** The user has received everything up to {@code seq}. */
    public static Marker delivered(RoomId room, UserId user, long seq) {
        return new Marker(room, user, seq, 0);
    }

    /** The user has read, and so received, everything up to {@code seq}. */
    public static Marker read(RoomId room, UserId user, long seq) {
        return new Marker(room, user, seq, seq);
    }

    /** The further of the two in each respect. Both are of one user in one room. */
    public Marker and(Marker other) {
        return new Marker(room, user, Math.max(delivered, other.delivered), Math.max(read, other.read));
    }
}
