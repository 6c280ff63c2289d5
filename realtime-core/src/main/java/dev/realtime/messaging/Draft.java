package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that is about to be stored: everything but its number. The fields are those of {@link Message}.
 *
 * @param proposedAt the time it becomes the message's own, unless the room's last message is later
 */
public record Draft(
        UUID id,
        RoomId room,
        UserId sender,
        Optional<UserId> recipient,
        Optional<VisitId> visit,
        Optional<String> clientMessageId,
        String text,
        Optional<List<String>> attachments,
        Payload metadata,
        Instant proposedAt) {

    /** Copies the list. */
    public Draft {
        attachments = attachments.map(List::copyOf);
    }
}
