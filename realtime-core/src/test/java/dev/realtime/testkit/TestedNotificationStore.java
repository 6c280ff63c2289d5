package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.InboxQuery.Shown;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Saved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The store under test, and short ways to use it. */
interface TestedNotificationStore {
    /** Larger than any page of the tests. */
    int PLENTY = 512 * 1024;

    NotificationStore store();

    Optional<NotificationStore> another();

    /** Every second racer uses the other store, where there is one. */
    default NotificationStore storeOf(int racer) {
        return racer % 2 == 0 ? store() : another().orElse(store());
    }

    /** Saves it and expects that it is new. */
    default Notification saved(UserId user, Notification notification) {
        assertThat(store().save(user, notification)).isEqualTo(new Saved(notification, true));
        return notification;
    }

    /** An inbox with a notification at each of these moments, oldest first. */
    default List<Notification> filled(UserId user, int... moments) {
        List<Notification> all = new ArrayList<>();
        for (int moment : moments) {
            all.add(saved(user, Notifications.at(moment(moment))));
        }
        return all;
    }

    static Instant moment(int index) {
        return Drafts.NOON.plusMillis(10L * index);
    }

    default InboxPage page(UserId user, Shown shown, InboxQuery.Cursor cursor, int limit, int maxBytes) {
        return store().list(user, new InboxQuery(shown, cursor, limit, maxBytes));
    }

    default InboxPage page(UserId user, InboxQuery.Cursor cursor, int limit) {
        return page(user, Shown.ALL, cursor, limit, PLENTY);
    }

    default List<Notification> newest(UserId user) {
        return page(user, new InboxQuery.Newest(), InboxQuery.MAX_LIMIT).notifications();
    }

    /** Everything, page by page; {@code next} tells where to go on after the last of a page. */
    default List<Notification> all(
            UserId user, Shown shown, int limit, Function<Notification, InboxQuery.Cursor> next) {
        List<Notification> all = new ArrayList<>();
        InboxPage page = page(user, shown, new InboxQuery.Newest(), limit, PLENTY);
        while (true) {
            all.addAll(page.notifications());
            if (!page.hasMore()) {
                return all;
            }
            page = page(user, shown, next.apply(all.get(all.size() - 1)), limit, PLENTY);
        }
    }
}
