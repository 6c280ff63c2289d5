package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.UserId;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationHub;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationListener;
import dev.realtime.notification.NotificationNotFoundException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Notifications on the wire: how a user reads and marks them, and what all sessions of the user hear of them. */
public final class NotificationEvents implements NotificationListener {
    private static final int DEFAULT_LIMIT = 50;

    private final Fanout fanout;

    /** Announces through {@code fanout}. */
    public NotificationEvents(Fanout fanout) {
        this.fanout = fanout;
    }

    /** Has the notification events of clients handled by {@code hub}. */
    public void route(Router router, NotificationHub hub) {
        router.on("notification:read", "Failed to mark notification as read", event -> read(hub, event));
        router.on("notification:readAll", "Failed to mark all notifications as read", event -> readAll(hub, event));
        router.on("notification:getUnreadCount", "Failed to get unread count", event -> unreadCount(hub, event));
        router.on("notification:list", "Failed to list notifications", event -> list(hub, event));
    }

    @Override
    public void arrived(UserId user, Notification notification) {
        fanout.publish(Delivery.of(
                Audience.user(user),
                "notification:new",
                NotificationJson.announced(notification).end()));
    }

    @Override
    public void changed(UserId user, LongSupplier unread) {
        Payload data = Payload.object().put("unreadCount", unread.getAsLong()).end();
        fanout.publish(Delivery.of(Audience.user(user), "notification:unreadCount", data));
    }

    /** An id that no notification can have is as unknown as any other that the user has not. */
    private static CompletionStage<Payload> read(NotificationHub hub, Incoming event) {
        UserId user = user(event);
        NotificationId id = Fields.of(event)
                .text("notificationId")
                .flatMap(NotificationEvents::id)
                .orElseThrow(() -> new NotificationNotFoundException(user, "notification without an id"));
        hub.markRead(user, id);
        return done(success().put("notificationId", id.value()));
    }

    private static CompletionStage<Payload> readAll(NotificationHub hub, Incoming event) {
        return done(success().put("markedCount", hub.markAllRead(user(event))));
    }

    private static CompletionStage<Payload> unreadCount(NotificationHub hub, Incoming event) {
        return done(success().put("unreadCount", hub.unreadCount(user(event))));
    }

    private static CompletionStage<Payload> list(NotificationHub hub, Incoming event) {
        UserId user = user(event);
        Fields fields = Fields.ofOptional(event);
        long limit = Math.max(
                1, Math.min(InboxQuery.MAX_LIMIT, fields.number("limit").orElse(DEFAULT_LIMIT)));
        InboxQuery.Shown shown = fields.flag("unreadOnly") ? InboxQuery.Shown.UNREAD : InboxQuery.Shown.ALL;
        InboxQuery.Cursor cursor =
                fields.text("before").map(before -> cursor(hub, user, before)).orElseGet(InboxQuery.Newest::new);
        InboxPage page = hub.list(user, shown, cursor, (int) limit);
        return done(success()
                .put(
                        "notifications",
                        page.notifications().stream()
                                .map(NotificationJson::inList)
                                .toList())
                .put("hasMore", page.hasMore())
                .put("unreadCount", page.unread()));
    }

    /** A moment, or else the id of an item: the user goes on after it. */
    private static InboxQuery.Cursor cursor(NotificationHub hub, UserId user, String before) {
        return Timestamps.read(before)
                .<InboxQuery.Cursor>map(InboxQuery.Before::new)
                .or(() -> id(before)
                        .flatMap(id -> hub.find(user, id))
                        .map(item -> new InboxQuery.BeforePlace(item.place())))
                .orElseThrow(() -> new InvalidValueException("before", "is neither a moment nor an item's id"));
    }

    private static Optional<NotificationId> id(String text) {
        try {
            return Optional.of(new NotificationId(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static UserId user(Incoming event) {
        return event.session().principal().user();
    }

    private static ObjectWriter success() {
        return Payload.object().put("success", true);
    }

    private static CompletionStage<Payload> done(ObjectWriter reply) {
        return CompletableFuture.completedFuture(reply.end());
    }
}
