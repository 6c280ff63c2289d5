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
        return of(draft.room(), draft.sender(), draft.clientMessageId());
    }

    static Optional<RetryKey> of(RoomId room, UserId sender, Optional<String> clientMessageId) {
        return clientMessageId.map(id -> new RetryKey(room, sender, id));
    }
}
