package dev.realtime.examples.store;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Marker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Drafts and markers as JSON. */
final class Entries {
    private Entries() {}

    static Payload of(Draft draft) {
        ObjectWriter object = Payload.object()
                .put("id", draft.id().toString())
                .put("room", draft.room().value())
                .put("sender", draft.sender().value())
                .put("recipient", draft.recipient().map(UserId::value))
                .put("visit", draft.visit().map(VisitId::value))
                .put("clientMessageId", draft.clientMessageId())
                .put("text", draft.text())
                .put("metadata", draft.metadata())
                .put("at", draft.proposedAt().toString());
        draft.attachments().ifPresent(list -> object.putTexts("attachments", list));
        return object.end();
    }

    static Draft draft(Payload object) {
        return new Draft(
                UUID.fromString(text(object, "id")),
                new RoomId(text(object, "room")),
                new UserId(text(object, "sender")),
                optional(object, "recipient").map(UserId::new),
                optional(object, "visit").map(VisitId::new),
                optional(object, "clientMessageId"),
                text(object, "text"),
                object.get("attachments").map(Entries::texts),
                object.get("metadata").orElseThrow(),
                Instant.parse(text(object, "at")));
    }

    /** The draft without what was said: its place in the room, and the id under which a retry is known. */
    static Payload emptied(Payload object) {
        Draft draft = draft(object);
        return of(new Draft(
                draft.id(),
                draft.room(),
                draft.sender(),
                draft.recipient(),
                draft.visit(),
                draft.clientMessageId(),
                "",
                Optional.empty(),
                Payload.emptyObject(),
                draft.proposedAt()));
    }

    static Payload of(Marker marker) {
        return Payload.object()
                .put("room", marker.room().value())
                .put("user", marker.user().value())
                .put("delivered", marker.delivered())
                .put("read", marker.read())
                .end();
    }

    static Marker marker(Payload object) {
        return new Marker(
                new RoomId(text(object, "room")),
                new UserId(text(object, "user")),
                object.get("delivered").orElseThrow().asLong(),
                object.get("read").orElseThrow().asLong());
    }

    static String text(Payload object, String field) {
        return optional(object, field).orElseThrow();
    }

    private static Optional<String> optional(Payload object, String field) {
        return object.get(field).map(Payload::asText);
    }

    private static List<String> texts(Payload list) {
        return list.elements().stream().map(Payload::asText).toList();
    }
}
