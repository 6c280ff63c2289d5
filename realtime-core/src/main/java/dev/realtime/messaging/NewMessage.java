package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import java.util.List;
import java.util.Optional;

/**
 * What a user wants to say. Sizes are in UTF-16 code units, that of {@code metadata} in bytes of its JSON. The
 * character U+0000 is refused in all texts: not every database can keep it.
 *
 * @param target where to
 * @param recipient the user named beside another target, or the target itself
 * @param visit the visit whose history it joins, beside another target or as the target itself
 * @param clientMessageId 1 to 64 printable ASCII characters; a second message with it is a retry of the first
 * @param text 1 to 10,000 characters, not all blank
 * @param attachments at most 20 texts of at most 2,048 characters
 * @param metadata an object of at most 4 KB
 */
public record NewMessage(
        Target target,
        Optional<UserId> recipient,
        Optional<VisitId> visit,
        Optional<String> clientMessageId,
        String text,
        Optional<List<String>> attachments,
        Payload metadata) {
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_ATTACHMENTS = 20;
    private static final int MAX_ATTACHMENT = 2_048;
    private static final int MAX_METADATA = 4_096;
    private static final int MAX_CLIENT_ID = 64;

    /** Checks every field; {@link InvalidValueException} names the first that is wrong. */
    public NewMessage {
        require("message", !text.isBlank() && isStorable(text, MAX_TEXT), "is blank, too long or has U+0000");
        attachments = attachments.map(List::copyOf);
        require(
                "attachments",
                attachments.stream().allMatch(NewMessage::areAttachments),
                "are too many, too long or have U+0000");
        require("metadata", metadata.is(Payload.Kind.OBJECT) && metadata.size() <= MAX_METADATA, "is too large");
        require("clientMessageId", clientMessageId.stream().allMatch(NewMessage::isClientId), "is not acceptable");
        require("visitId", fits(target, visit), "contradicts the room");
    }

    /** The visit's own room belongs to that visit and to no other. */
    private static boolean fits(Target target, Optional<VisitId> visit) {
        return !(target instanceof Target.ToRoom to)
                || !to.to().value().startsWith("visit:")
                || visit.map(RoomId::ofVisit).stream().allMatch(to.to()::equals);
    }

    private static boolean areAttachments(List<String> all) {
        return all.size() <= MAX_ATTACHMENTS && all.stream().allMatch(one -> isStorable(one, MAX_ATTACHMENT));
    }

    private static boolean isStorable(String value, int maxLength) {
        return value.length() <= maxLength && value.indexOf('\0') < 0;
    }

    private static boolean isClientId(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_CLIENT_ID
                && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static void require(String field, boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidValueException(field, otherwise);
        }
    }
}
