package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.Payload;
import dev.realtime.messaging.History;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageListener;
import dev.realtime.messaging.Messenger;
import dev.realtime.messaging.NewMessage;
import dev.realtime.messaging.Receipt;
import dev.realtime.messaging.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Messages on the wire: {@code message:send} and {@code message:history}, who hears of a message and who of a receipt.
 */
public final class MessageEvents implements MessageListener {
    private final Fanout fanout;
    /** What was announced last. Most acks follow at once and repeat it. */
    private volatile @Nullable Announced last;

    private record Announced(Message message, Payload data) {}

    /** Announces through {@code fanout}. */
    public MessageEvents(Fanout fanout) {
        this.fanout = fanout;
    }

    /** Has the message events of clients handled by {@code messenger}. */
    public void route(Router router, Messenger messenger) {
        router.onMessage(
                "message:send", "Failed to send message", MessageEvents::place, event -> send(messenger, event));
        router.on("message:history", "Failed to fetch message history", event -> history(messenger, event));
        ReceiptEvents.route(router, messenger);
    }

    @Override
    public void sent(Message message, Target target) {
        Payload data = MessageJson.announced(message);
        last = new Announced(message, data);
        Audience sender = Audience.user(message.sender());
        fanout.publish(new Delivery(audience(message, target), List.of(sender), "message:new", data, false));
        fanout.publish(Delivery.of(sender, "message:sent", data));
    }

    @Override
    public void received(Receipt receipt) {
        fanout.publish(ReceiptEvents.delivery(receipt));
    }

    /** The room; a user who was written to directly hears it wherever he is. */
    private static List<Audience> audience(Message message, Target target) {
        Audience room = Audience.room(message.room());
        return target instanceof Target.ToUser to ? List.of(room, Audience.user(to.to())) : List.of(room);
    }

    /** Messages to the same place are in the same room, and the messenger keeps the order of a room. */
    private static List<Optional<Payload>> place(Payload message) {
        return List.of(message.get("roomId"), message.get("recipientId"), message.get("visitId"));
    }

    private CompletionStage<Payload> send(Messenger messenger, Incoming event) {
        NewMessage message = read(Fields.of(event));
        return messenger
                .send(event.session().principal(), message)
                .thenApply(stored -> Payload.object()
                        .put("success", true)
                        .put("message", announced(stored))
                        .end());
    }

    /** As it was announced just now, as a rule; a message sent again was not. */
    @SuppressWarnings("ReferenceEquality") // the very same message was announced, or it is written once more
    private Payload announced(Message stored) {
        Announced latest = last;
        return latest != null && latest.message == stored ? latest.data : MessageJson.announced(stored);
    }

    private static NewMessage read(Fields fields) {
        Optional<String> text = fields.text("message");
        Optional<RoomId> room = fields.id("roomId", RoomId::new);
        Optional<UserId> recipient = fields.id("recipientId", UserId::new);
        Optional<VisitId> visit = fields.id("visitId", VisitId::new);
        Payload metadata = fields.object("metadata").orElse(Payload.emptyObject());
        if (text.filter(said -> !said.isBlank()).isEmpty()) {
            throw new MissingFieldException("Message content is required");
        }
        Target target = room.<Target>map(Target.ToRoom::new)
                .or(() -> recipient.map(Target.ToUser::new))
                .or(() -> visit.map(Target.ToVisit::new))
                .orElseThrow(() -> new MissingFieldException("Either roomId, recipientId, or visitId is required"));
        Optional<String> clientMessageId = fields.text("clientMessageId")
                .or(() -> fields.within("metadata").flatMap(inner -> inner.text("clientMessageId")));
        return new NewMessage(
                target, recipient, visit, clientMessageId, text.get(), fields.texts("attachments"), metadata);
    }

    private static CompletionStage<Payload> history(Messenger messenger, Incoming event) {
        HistoryRequest request =
                HistoryRequest.of(Fields.of(event), event.session().principal().user());
        History page =
                messenger.history(event.session().principal(), request.source(), request.cursor(), request.limit());
        return CompletableFuture.completedFuture(Payload.object()
                .put("success", true)
                .put(
                        "messages",
                        page.messages().stream()
                                .map(message -> MessageJson.inHistory(message, page.statusOf(message)))
                                .toList())
                .put("hasMore", page.hasMore())
                .end());
    }
}
