package dev.realtime.notification;

import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The notifications of one user in memory, in their order. Guarded by the store's lock. */
final class Inbox {
    private final NavigableMap<Place, Notification> items = new TreeMap<>();
    private long unread;

    /** Puts in an unread one. */
    void add(Notification notification) {
        items.put(notification.place(), notification);
        unread++;
    }

    Optional<Notification> find(Place place) {
        return Optional.ofNullable(items.get(place));
    }

    /** Takes it out. */
    void remove(Place place) {
        find(place).ifPresent(known -> {
            items.remove(place);
            unread -= known.isRead() ? 0 : 1;
        });
    }

    /** Whether it was unread. */
    boolean markRead(Place place, Instant at) {
        Optional<Notification> known = find(place).filter(item -> !item.isRead());
        known.ifPresent(item -> items.put(place, item.read(at)));
        unread -= known.isPresent() ? 1 : 0;
        return known.isPresent();
    }

    /** How many were unread. */
    long markAllRead(Instant at) {
        long marked = unread;
        items.replaceAll((place, item) -> item.read(at));
        unread = 0;
        return marked;
    }

    long unread() {
        return unread;
    }

    int size() {
        return items.size();
    }

    /** The place of the oldest. There is one unless the inbox is empty. */
    Place oldest() {
        return items.firstKey();
    }

    /** What comes after the cursor, from new to old. */
    Collection<Notification> from(InboxQuery.Cursor cursor) {
        if (cursor instanceof InboxQuery.BeforePlace before) {
            return items.headMap(before.place(), false).descendingMap().values();
        }
        if (cursor instanceof InboxQuery.Before before) {
            return items.headMap(Place.firstAt(before.moment()), false)
                    .descendingMap()
                    .values();
        }
        return items.descendingMap().values();
    }
}
