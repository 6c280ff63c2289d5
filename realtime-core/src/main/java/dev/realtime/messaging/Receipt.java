package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user has received or read messages of one room.
 *
 * @param user who
 * @param session where, when it was one of the user's sessions
 * @param messageIds which, as the user named them
 * @param sender who alone is to hear of it, as the sender of these messages; empty when the whole room is
 * @param at when, to the millisecond
 */
public record Receipt(
        ReceiptKind kind,
        UserId user,
        Optional<SessionId> session,
        RoomId room,
        List<String> messageIds,
        Optional<UserId> sender,
        Instant at) {

    /** Copies the list. */
    public Receipt {
        messageIds = List.copyOf(messageIds);
    }
}
