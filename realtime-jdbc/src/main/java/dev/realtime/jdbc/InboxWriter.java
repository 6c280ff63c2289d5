package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Changes inboxes. Each change is a transaction that begins with the inbox's own row, so that nobody waits in a circle,
 * and leaves the counts in it right.
 */
final class InboxWriter {
    /** So that a transaction stays short, however much is unread. */
    private static final int MARKED_AT_ONCE = 2000;

    private static final String MAKE = "INSERT INTO realtime_inbox (user_id, total, unread) VALUES (:user, 0, 0)";
    static final String LOCK = "SELECT unread FROM realtime_inbox WHERE user_id = :user FOR UPDATE";
    static final String ARRIVE =
            "UPDATE realtime_inbox SET total = total + 1, unread = unread + 1 WHERE user_id = :user";
    static final String LEAVE_UNREAD = "UPDATE realtime_inbox SET unread = unread - :marked WHERE user_id = :user";
    private static final String INSERT =
            "INSERT INTO realtime_notification (id, sent_at, type, priority, title, message,"
                    + " data) VALUES (:id, :sentAt, :type, :priority, :title, :message, :data)";
    private static final String PLACE = "INSERT INTO realtime_inbox_item (user_id, notification_id, sent_at, unread)"
            + " VALUES (:user, :id, :sentAt, 1)";
    static final String MARK_ONE = "UPDATE realtime_inbox_item SET unread = 0, read_at = :at"
            + " WHERE user_id = :user AND notification_id = :id AND unread = 1";
    static final String MARK_OLDEST = "UPDATE realtime_inbox_item SET unread = 0, read_at = :at"
            + " WHERE user_id = :user AND notification_id IN (SELECT notification_id FROM realtime_inbox_item"
            + " WHERE user_id = :user AND unread = 1 ORDER BY user_id, unread, sent_at, notification_id LIMIT :count)";

    private InboxWriter() {}

    /** How many notifications a step has marked, and how many it has left unread. */
    record Marked(long count, long left) {}

    /** Whether it was saved: not when its id is known. */
    static boolean save(Handle handle, UserId recipient, Notification notification) {
        try {
            while (!handle.inTransaction(transaction -> arrive(transaction, recipient, notification))) {
                make(handle, recipient);
            }
            return true;
        } catch (JdbiException failed) {
            if (Failures.isDuplicate(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /** Whether it was unread. */
    static boolean markRead(Handle handle, UserId user, NotificationId id, Instant at) {
        return handle.inTransaction(transaction -> {
            lock(transaction, user);
            int marked = transaction
                    .createUpdate(MARK_ONE)
                    .bind("user", user.value())
                    .bind("id", id.value())
                    .bind("at", Columns.floorMillis(at))
                    .execute();
            return settle(transaction, user, marked) > 0;
        });
    }

    /** Marks the oldest of what is unread, {@code most} of them and not too many at once. */
    static Marked markOldest(Handle handle, UserId user, Instant at, long most) {
        return handle.inTransaction(transaction -> {
            long unread = lock(transaction, user);
            long count = Math.min(Math.min(unread, most), MARKED_AT_ONCE);
            if (count == 0) {
                return new Marked(0, unread);
            }
            int marked = transaction
                    .createUpdate(MARK_OLDEST)
                    .bind("user", user.value())
                    .bind("at", Columns.floorMillis(at))
                    .bind("count", count)
                    .execute();
            return new Marked(settle(transaction, user, marked), unread - marked);
        });
    }

    /** How many are unread, locked for the rest of the transaction; 0 also when there is no inbox. */
    private static long lock(Handle handle, UserId user) {
        return handle.createQuery(LOCK)
                .bind("user", user.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static int settle(Handle handle, UserId user, int marked) {
        if (marked > 0) {
            handle.createUpdate(LEAVE_UNREAD)
                    .bind("user", user.value())
                    .bind("marked", marked)
                    .execute();
        }
        return marked;
    }

    /** Whether there was an inbox for it to arrive in. */
    private static boolean arrive(Handle handle, UserId recipient, Notification notification) {
        if (handle.createUpdate(ARRIVE).bind("user", recipient.value()).execute() == 0) {
            return false;
        }
        long sentAt = Columns.floorMillis(notification.timestamp());
        Notice notice = notification.notice();
        handle.createUpdate(INSERT)
                .bind("id", notification.id().value())
                .bind("sentAt", sentAt)
                .bind("type", notice.type())
                .bind("priority", notice.priority().name())
                .bind("title", notice.title())
                .bind("message", notice.message())
                .bind("data", notice.data().map(Payload::toString))
                .execute();
        handle.createUpdate(PLACE)
                .bind("user", recipient.value())
                .bind("id", notification.id().value())
                .bind("sentAt", sentAt)
                .execute();
        return true;
    }

    /** In a transaction of its own, so that a duplicate ends nothing else. */
    private static void make(Handle handle, UserId user) {
        try {
            handle.createUpdate(MAKE).bind("user", user.value()).execute();
        } catch (JdbiException failed) {
            if (!Failures.isDuplicate(failed)) {
                throw failed;
            }
        }
    }
}
