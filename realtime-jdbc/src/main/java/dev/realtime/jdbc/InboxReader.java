package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.Priority;
import dev.realtime.page.Pager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads inboxes. A page is read in slices along an index, as one of messages is. Each slice looks at all three tables
 * and has the count beside it, so that in one transaction of REPEATABLE READ everything is of one moment, also in H2,
 * which looks at a table for the first time only when a statement names it.
 */
final class InboxReader {
    /** The most rows in memory that may turn out not to be of the page. */
    private static final int MAX_ROWS = 64;

    private static final String COLUMNS = "n.id, n.sent_at, n.type, n.priority, n.title, n.message, n.data, i.read_at";

    static final String FIND = "SELECT " + COLUMNS + " FROM realtime_inbox_item i"
            + " JOIN realtime_notification n ON n.id = i.notification_id"
            + " WHERE i.user_id = :user AND i.notification_id = :id";
    static final String FIRST = "SELECT n.id, n.sent_at, n.type, n.priority, n.title, n.message, n.data,"
            + " CAST(NULL AS BIGINT) AS read_at FROM realtime_notification n WHERE n.id = :id";

    private InboxReader() {}

    /** What the user has of this id. */
    static Optional<Notification> find(Handle handle, UserId user, NotificationId id) {
        return handle.createQuery(FIND)
                .bind("user", user.value())
                .bind("id", id.value())
                .map((row, context) -> notification(row))
                .findOne();
    }

    /** What was sent with this id, to whomever. */
    static Optional<Notification> first(Handle handle, NotificationId id) {
        return handle.createQuery(FIRST)
                .bind("id", id.value())
                .map((row, context) -> notification(row))
                .findOne();
    }

    /** Part of a transaction of REPEATABLE READ. */
    static InboxPage read(Handle handle, UserId user, InboxQuery query) {
        Pager<Notification> pager = InboxPage.pager(query);
        int count = Math.min(query.limit() + 1, MAX_ROWS);
        InboxSlice slice = InboxSlice.first(user, query);
        while (true) {
            List<Row> rows = rows(handle, slice, count);
            long unread = rows.isEmpty() ? 0 : rows.get(0).unread();
            List<Notification> items =
                    rows.stream().flatMap(row -> row.item().stream()).toList();
            for (Notification item : items) {
                if (!pager.offer(item, item.weight())) {
                    return InboxPage.of(pager, unread);
                }
            }
            if (items.size() < count) {
                return InboxPage.of(pager, unread);
            }
            slice = InboxSlice.after(items.get(count - 1).place(), user, query);
        }
    }

    static String sql(InboxSlice slice) {
        return "SELECT b.unread, " + COLUMNS + " FROM realtime_inbox b"
                + " LEFT JOIN (" + items(slice) + ") i ON i.user_id = b.user_id"
                + " LEFT JOIN realtime_notification n ON n.id = i.notification_id"
                + " WHERE b.user_id = :user ORDER BY i.sent_at DESC, i.notification_id DESC";
    }

    static String items(InboxSlice slice) {
        return "SELECT user_id, notification_id, sent_at, read_at FROM realtime_inbox_item WHERE " + slice.condition()
                + " ORDER BY " + slice.order() + " LIMIT :count";
    }

    private static List<Row> rows(Handle handle, InboxSlice slice, int count) {
        return handle.createQuery(sql(slice))
                .bindMap(slice.bindings())
                .bind("count", count)
                .map((row, context) -> Row.of(row))
                .list();
    }

    private static Notification notification(ResultSet row) throws SQLException {
        long readAt = row.getLong("read_at");
        boolean isUnread = row.wasNull();
        return new Notification(
                new NotificationId(row.getString("id")),
                new Notice(
                        row.getString("type"),
                        Priority.valueOf(row.getString("priority")),
                        row.getString("title"),
                        row.getString("message"),
                        Optional.ofNullable(row.getString("data")).map(Payload::parse)),
                Columns.moment(row.getLong("sent_at")),
                isUnread ? Optional.empty() : Optional.of(Columns.moment(readAt)));
    }

    /** The count, and an item where there is one. */
    private record Row(long unread, Optional<Notification> item) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("unread"),
                    row.getString("id") == null ? Optional.empty() : Optional.of(notification(row)));
        }
    }
}
