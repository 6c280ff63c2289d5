package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import java.util.Optional;

/**
 * What a draft and its retry have in common: one message stands for all drafts with the same key.
 *
 * @param room where it was said
 * @param sender who said it
 * @param clientMessageId the sender's own id for it
 */
public record RetryKey(RoomId room, UserId sender, String clientMessageId) {

    /** The key of a draft; empty for one without a client message id, which is never taken for a retry. */
    public static Optional<RetryKey> of(Draft draft) {
        return draft.clientMessageId().map(id -> new RetryKey(draft.room(), draft.sender(), id));
    }

    /** The key of the drafts that a message stands for; empty for one without a client message id. */
    public static Optional<RetryKey> of(Message message) {
        return message.clientMessageId().map(id -> new RetryKey(message.room(), message.sender(), id));
    }
}
