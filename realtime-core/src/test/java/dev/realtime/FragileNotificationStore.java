package dev.realtime;

import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.notification.InMemoryNotificationStore;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationStats;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Saved;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in memory that can be told to fail. */
final class FragileNotificationStore implements NotificationStore {
    volatile boolean isAway;
    volatile boolean isBroken;
    volatile boolean cannotCount;
    private final NotificationStore well = new InMemoryNotificationStore();

    @Override
    public Saved save(UserId recipient, Notification notification) {
        return asked(() -> well.save(recipient, notification));
    }

    @Override
    public Optional<Notification> find(UserId user, NotificationId id) {
        return asked(() -> well.find(user, id));
    }

    @Override
    public InboxPage list(UserId user, InboxQuery query) {
        return asked(() -> well.list(user, query));
    }

    @Override
    public boolean markRead(UserId user, NotificationId id, Instant at) {
        return asked(() -> well.markRead(user, id, at));
    }

    @Override
    public long markAllRead(UserId user, Instant at) {
        return asked(() -> well.markAllRead(user, at));
    }

    @Override
    public long unreadCount(UserId user) {
        if (cannotCount) {
            throw new StoreException("the store is away");
        }
        return asked(() -> well.unreadCount(user));
    }

    @Override
    public NotificationStats stats() {
        return asked(well::stats);
    }

    private <T> T asked(Supplier<T> work) {
        if (isAway) {
            throw new StoreException("the store is away");
        }
        if (isBroken) {
            throw new IllegalStateException("a bug in a store");
        }
        return work.get();
    }
}
