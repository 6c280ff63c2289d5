package dev.realtime.wire;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStatus;
import java.util.List;

/** The message object. */
final class MessageJson {
    private MessageJson() {}

    /** As it is announced and acknowledged: attachments only when there was a list. */
    static Payload announced(Message message) {
        ObjectWriter object = head(message);
        message.attachments().ifPresent(list -> object.putTexts("attachments", list));
        return tail(object, message, "sent");
    }

    /** As it stands in history: attachments always, and how far it has come. */
    static Payload inHistory(Message message, MessageStatus status) {
        ObjectWriter object = head(message);
        object.putTexts("attachments", message.attachments().orElse(List.of()));
        return tail(object, message, word(status));
    }

    private static ObjectWriter head(Message message) {
        return Payload.object()
                .put("id", message.id().toString())
                .putPlain("roomId", message.room().value())
                .put("seq", message.seq())
                .putPlain("senderId", message.sender().value())
                .put("recipientId", message.recipient().map(UserId::value))
                .put("visitId", message.visit().map(VisitId::value))
                .put("message", message.text());
    }

    private static String word(MessageStatus status) {
        return switch (status) {
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case READ -> "read";
        };
    }

    private static Payload tail(ObjectWriter object, Message message, String status) {
        return object.putPlain("timestamp", Timestamps.of(message.timestamp()))
                .put("status", status)
                .put("clientMessageId", message.clientMessageId())
                .put("metadata", message.metadata())
                .end();
    }
}
