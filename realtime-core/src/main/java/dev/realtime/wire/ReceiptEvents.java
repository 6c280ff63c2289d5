package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.fanout.Delivery;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Messenger;
import dev.realtime.messaging.Reader;
import dev.realtime.messaging.Receipt;
import dev.realtime.messaging.ReceiptKind;
import dev.realtime.messaging.Unread;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Receipts on the wire: {@code message:received}, {@code message:read} and {@code message:unread}, and what others hear
 * of what a user has received and read.
 */
final class ReceiptEvents {
    private static final int MAX_ID = 128;
    private static final String FAILURE = "Failed to store receipt";

    private ReceiptEvents() {}

    static void route(Router router, Messenger messenger) {
        router.on("message:received", FAILURE, event -> received(messenger, event));
        router.on("message:read", FAILURE, event -> read(messenger, event));
        router.on("message:unread", "Failed to get unread messages", event -> unread(messenger, event));
    }

    /** To the room or the sender; it may wait a moment for other receipts, as nobody's next step depends on it. */
    static Delivery delivery(Receipt receipt) {
        ObjectWriter data = Payload.object();
        String event = switch (receipt.kind()) {
            case DELIVERED -> {
                data.put("messageId", receipt.messageIds().get(0));
                yield "message:delivered";
            }
            case READ -> {
                data.putTexts("messageIds", receipt.messageIds());
                yield "message:read";
            }
        };
        data.putPlain("userId", receipt.user().value())
                .putPlain("roomId", receipt.room().value())
                .putPlain("timestamp", Timestamps.of(receipt.at()));
        Audience to = receipt.sender().map(Audience::user).orElseGet(() -> Audience.room(receipt.room()));
        Delivery delivery = Delivery.of(to, event, data.end()).lingering();
        return receipt.session()
                .map(session -> delivery.butNot(Audience.session(session)))
                .orElse(delivery);
    }

    private static CompletionStage<Payload> received(Messenger messenger, Incoming event) {
        Fields fields = Fields.of(event);
        String id = fields.text("messageId").orElseThrow(() -> new InvalidValueException("messageId", "is missing"));
        requireId("messageId", id);
        return acknowledge(messenger, event, ReceiptKind.DELIVERED, fields, List.of(id));
    }

    private static CompletionStage<Payload> read(Messenger messenger, Incoming event) {
        Fields fields = Fields.of(event);
        List<String> ids =
                fields.texts("messageIds").orElseThrow(() -> new InvalidValueException("messageIds", "is missing"));
        if (ids.size() > Messenger.MAX_IDS) {
            throw new InvalidValueException("messageIds", "are more than " + Messenger.MAX_IDS);
        }
        ids.forEach(id -> requireId("messageIds", id));
        return acknowledge(messenger, event, ReceiptKind.READ, fields, ids);
    }

    private static void requireId(String field, String id) {
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new InvalidValueException(field, "is empty or too long");
        }
    }

    private static CompletionStage<Payload> acknowledge(
            Messenger messenger, Incoming event, ReceiptKind kind, Fields fields, List<String> ids) {
        Reader reader = new Reader(event.session().principal(), event.session().id());
        Optional<RoomId> room = fields.id("roomId", RoomId::new);
        CompletionStage<?> stored = room.isPresent()
                ? messenger.acknowledge(reader, kind, room.get(), ids)
                : messenger.acknowledge(reader, kind, ids);
        return stored.thenApply(done -> Payload.object().put("success", true).end());
    }

    private static CompletionStage<Payload> unread(Messenger messenger, Incoming event) {
        Unread unread = messenger.unread(event.session().principal().user());
        return CompletableFuture.completedFuture(Payload.object()
                .put("success", true)
                .putEach("rooms", unread.rooms(), ReceiptEvents::write)
                .put("total", unread.total())
                .end());
    }

    private static void write(ObjectWriter object, Unread.OfRoom room) {
        object.putPlain("roomId", room.room().value())
                .put("unread", room.unread())
                .put("lastSeq", room.lastSeq())
                .put("lastReadSeq", room.lastReadSeq());
    }
}
