package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationStats;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Saved;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Notifications in PostgreSQL or H2, shared by all nodes on the same database, and never forgotten. Safe for many
 * threads. Changes of one inbox wait for each other, in the database; reading waits for nobody.
 *
 * <p>A connection may break between commit and answer. A notification is then saved once more, which its id makes safe;
 * a mark fails and may have been made. When there is no connection for that either, nobody knows.
 */
public final class JdbcNotificationStore implements NotificationStore {
    static final String COUNT = "SELECT unread FROM realtime_inbox WHERE user_id = :user";
    static final String STATS = "SELECT coalesce(sum(total), 0) AS total, coalesce(sum(unread), 0) AS unread,"
            + " count(*) AS users FROM realtime_inbox WHERE total > 0";

    private final Connections connections;

    /**
     * Notifications in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcNotificationStore(DataSource source) {
        this(Connections.to(source));
    }

    JdbcNotificationStore(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Saved save(UserId recipient, Notification notification) {
        try {
            return attempt(recipient, notification);
        } catch (StoreException failed) {
            if (!isUnknown(failed)) {
                throw failed;
            }
            // Should the first attempt have come through, its notification is found by its id, yet it is this call's.
            Saved saved = attempt(recipient, notification);
            return new Saved(
                    saved.notification(), saved.isNew() || saved.notification().equals(notification));
        }
    }

    @Override
    public Optional<Notification> find(UserId user, NotificationId id) {
        return connections.ask("read a notification", handle -> InboxReader.find(handle, user, id));
    }

    @Override
    public InboxPage list(UserId user, InboxQuery query) {
        return connections.ask(
                "read the inbox of user " + user,
                handle -> handle.inTransaction(
                        TransactionIsolationLevel.REPEATABLE_READ,
                        snapshot -> InboxReader.read(snapshot, user, query)));
    }

    @Override
    public boolean markRead(UserId user, NotificationId id, Instant at) {
        return connections.ask(
                "mark a notification of user " + user, handle -> InboxWriter.markRead(handle, user, id, at));
    }

    /** In many short transactions; after a failure a further call goes on. */
    @Override
    public long markAllRead(UserId user, Instant at) {
        InboxWriter.Marked step = markOldest(user, at, Long.MAX_VALUE);
        long marked = step.count();
        long left = step.left();
        while (left > 0 && step.count() > 0) {
            step = markOldest(user, at, left);
            marked += step.count();
            left -= step.count();
        }
        return marked;
    }

    @Override
    public long unreadCount(UserId user) {
        return connections.ask(
                "count what user " + user + " has not read",
                handle -> handle.createQuery(COUNT)
                        .bind("user", user.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Override
    public NotificationStats stats() {
        return connections.ask(
                "count notifications",
                handle -> handle.createQuery(STATS)
                        .map((row, context) -> new NotificationStats(
                                row.getLong("total"), row.getLong("unread"), row.getLong("users")))
                        .one());
    }

    private Saved attempt(UserId recipient, Notification notification) {
        return connections.ask("save a notification", handle -> save(handle, recipient, notification));
    }

    private static boolean isUnknown(StoreException failed) {
        return failed.getCause() instanceof JdbiException cause && Failures.of(cause) == Failures.UNKNOWN;
    }

    /** Who had the id may have been rolled back since; then it is free again. */
    private static Saved save(Handle handle, UserId recipient, Notification notification) {
        while (!InboxWriter.save(handle, recipient, notification)) {
            Optional<Notification> first = InboxReader.first(handle, notification.id());
            if (first.isPresent()) {
                return new Saved(first.get(), false);
            }
        }
        return new Saved(notification, true);
    }

    private InboxWriter.Marked markOldest(UserId user, Instant at, long most) {
        return connections.ask(
                "mark the notifications of user " + user, handle -> InboxWriter.markOldest(handle, user, at, most));
    }
}
