package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import dev.realtime.page.Weights;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A chat message as it is stored.
 *
 * @param id a UUID of version 7 (RFC 9562)
 * @param room where it was said
 * @param seq its number in the room: 1, 2, 3 and so on without a gap
 * @param sender who said it
 * @param recipient to whom, when it was sent to a user
 * @param visit the visit whose history it belongs to
 * @param clientMessageId the sender's own id, under which a retry is recognised
 * @param text what was said, as it was sent
 * @param attachments references the client sent along; empty when it sent no list, which differs from an empty list
 * @param metadata an object: the client's, with the sender's role in it
 * @param timestamp when it was stored, to the millisecond; it never falls as {@code seq} grows
 */
public record Message(
        UUID id,
        RoomId room,
        long seq,
        UserId sender,
        Optional<UserId> recipient,
        Optional<VisitId> visit,
        Optional<String> clientMessageId,
        String text,
        Optional<List<String>> attachments,
        Payload metadata,
        Instant timestamp) {

    /** Copies the list. */
    public Message {
        attachments = attachments.map(List::copyOf);
    }

    /** The message that a draft became. */
    public static Message of(Draft draft, long seq, Instant timestamp) {
        return new Message(
                draft.id(),
                draft.room(),
                seq,
                draft.sender(),
                draft.recipient(),
                draft.visit(),
                draft.clientMessageId(),
                draft.text(),
                draft.attachments(),
                draft.metadata(),
                timestamp);
    }

    /** About how many bytes it takes as JSON; history pages are cut by it. */
    public int weight() {
        int weight = 400 + Weights.utf8(text) + metadata.size();
        for (String attachment : attachments.orElse(List.of())) {
            weight += 3 + Weights.utf8(attachment);
        }
        return weight;
    }
}
