package dev.realtime.notification;

import dev.realtime.address.UserId;
import dev.realtime.page.Pager;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Notifications in the memory of one node: gone with the process, shared with nobody. Bounded by
 * {@link NotificationSettings}: a full inbox forgets its oldest notification, and a full store the one that was saved
 * longest ago; their ids with them.
 *
 * <p>Safe for many threads. One lock guards everything; what depends on the length of a text is done outside.
 */
public final class InMemoryNotificationStore implements NotificationStore {
    private static final Inbox EMPTY = new Inbox();

    private final NotificationSettings settings;
    private final Lock lock = new ReentrantLock();
    private final Map<UserId, Inbox> inboxes = new HashMap<>();
    /** In the order in which they were saved. */
    private final LinkedHashMap<NotificationId, Kept> byId = new LinkedHashMap<>();

    private long bytes;
    private long unread;

    /** An empty store with {@link NotificationSettings#DEFAULTS}. */
    public InMemoryNotificationStore() {
        this(NotificationSettings.DEFAULTS);
    }

    /** An empty store. */
    public InMemoryNotificationStore(NotificationSettings settings) {
        this.settings = settings;
    }

    @Override
    public Saved save(UserId recipient, Notification notification) {
        Kept kept = new Kept(recipient, notification, notification.weight());
        return locked(() -> {
            Kept first = byId.putIfAbsent(notification.id(), kept);
            if (first != null) {
                return new Saved(first.notification(), false);
            }
            inboxes.computeIfAbsent(recipient, absent -> new Inbox()).add(notification);
            unread++;
            bytes += kept.weight();
            keepWithinBounds(recipient);
            return new Saved(notification, true);
        });
    }

    @Override
    public Optional<Notification> find(UserId user, NotificationId id) {
        return locked(() -> kept(user, id).flatMap(kept -> inbox(user).find(kept.place())));
    }

    @Override
    public InboxPage list(UserId user, InboxQuery query) {
        return locked(() -> {
            Pager<Notification> pager = InboxPage.pager(query);
            for (Notification next : inbox(user).from(query.cursor())) {
                boolean isShown = query.shown() == InboxQuery.Shown.ALL || !next.isRead();
                if (isShown && !pager.offer(next, weight(next))) {
                    break;
                }
            }
            return InboxPage.of(pager, inbox(user).unread());
        });
    }

    @Override
    public boolean markRead(UserId user, NotificationId id, Instant at) {
        return locked(() -> {
            boolean isChanged = kept(user, id)
                    .filter(kept -> inbox(user).markRead(kept.place(), at))
                    .isPresent();
            unread -= isChanged ? 1 : 0;
            return isChanged;
        });
    }

    @Override
    public long markAllRead(UserId user, Instant at) {
        return locked(() -> {
            long marked = inbox(user).markAllRead(at);
            unread -= marked;
            return marked;
        });
    }

    @Override
    public long unreadCount(UserId user) {
        return locked(() -> inbox(user).unread());
    }

    @Override
    public NotificationStats stats() {
        return locked(() -> new NotificationStats(byId.size(), unread, inboxes.size()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private Inbox inbox(UserId user) {
        return inboxes.getOrDefault(user, EMPTY);
    }

    private Optional<Kept> kept(UserId user, NotificationId id) {
        return Optional.ofNullable(byId.get(id)).filter(kept -> kept.recipient().equals(user));
    }

    private int weight(Notification notification) {
        Kept kept = byId.get(notification.id());
        return kept == null ? notification.weight() : kept.weight();
    }

    private void keepWithinBounds(UserId recipient) {
        Inbox inbox = inbox(recipient);
        if (inbox.size() > settings.keptPerUser()) {
            forget(inbox.oldest().id());
        }
        while (byId.size() > settings.kept() || (bytes > settings.keptBytes() && byId.size() > 1)) {
            forget(byId.keySet().iterator().next());
        }
    }

    private void forget(NotificationId id) {
        Kept kept = byId.remove(id);
        if (kept == null) {
            return;
        }
        bytes -= kept.weight();
        inboxes.computeIfPresent(kept.recipient(), (user, inbox) -> {
            long before = inbox.unread();
            inbox.remove(kept.place());
            unread -= before - inbox.unread();
            return inbox.size() == 0 ? null : inbox;
        });
    }

    /** Whose it is, as it was saved, and what takes time to find out. */
    private record Kept(UserId recipient, Notification notification, int weight) {
        Place place() {
            return notification.place();
        }
    }
}
