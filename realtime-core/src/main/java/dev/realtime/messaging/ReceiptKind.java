package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;

/** What a user says about messages that came. */
public enum ReceiptKind {
    /** They have arrived. */
    DELIVERED {
        @Override
        Marker marker(RoomId room, UserId user, long seq) {
            return Marker.delivered(room, user, seq);
        }
    },
    /** The user has read them. */
    READ {
        @Override
        Marker marker(RoomId room, UserId user, long seq) {
            return Marker.read(room, user, seq);
        }
    };

    abstract Marker marker(RoomId room, UserId user, long seq);
}
