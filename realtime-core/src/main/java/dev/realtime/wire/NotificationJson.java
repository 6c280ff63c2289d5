package dev.realtime.wire;

import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.Priority;

/** The notification object. */
final class NotificationJson {
    private NotificationJson() {}

    /** As it is announced: whether it was read goes without saying. */
    static ObjectWriter announced(Notification notification) {
        Notice notice = notification.notice();
        ObjectWriter object = Payload.object()
                .put("id", notification.id().value())
                .put("type", notice.type())
                .put("priority", word(notice.priority()))
                .put("title", notice.title())
                .put("message", notice.message());
        notice.data().ifPresent(data -> object.put("data", data));
        return object.put("timestamp", Timestamps.of(notification.timestamp()));
    }

    /** As it stands in the inbox. */
    static Payload inList(Notification notification) {
        return announced(notification)
                .put("read", notification.isRead())
                .put("readAt", notification.readAt().map(Timestamps::of))
                .end();
    }

    private static String word(Priority priority) {
        return switch (priority) {
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case URGENT -> "urgent";
        };
    }
}
