package dev.realtime.notification;

import dev.realtime.address.UserId;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import dev.realtime.turn.Turns;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Sends notifications to users and keeps their inboxes. Any thread may call; every call may block on the store. What is
 * sent or marked is stored first and announced then, before the call returns.
 */
public final class NotificationHub {
    private final NotificationStore store;
    private final NotificationListener listener;
    private final InstantSource time;
    private final NotificationSettings settings;
    /** One announcement of a user's count at a time, or an older count could be told after a newer one. */
    private final Turns turns = new Turns();

    /** Keeps in {@code store} and announces to {@code listener}, which does not throw. */
    public NotificationHub(
            NotificationStore store, NotificationListener listener, InstantSource time, NotificationSettings settings) {
        this.store = store;
        this.listener = listener;
        this.time = time;
        this.settings = settings;
    }

    /** Sends a notice to a user, under a new id. */
    public Saved send(UserId to, Notice notice) {
        return send(to, NotificationId.next(now()), notice);
    }

    /**
     * Sends a notice under the host's own id. The first with an id stands: when it is known, that one is the answer,
     * nothing is stored and nobody hears anything. So a host that heard of a failure, or of nothing, sends it again.
     */
    public Saved send(UserId to, NotificationId id, Notice notice) {
        Saved saved = store.save(to, Notification.of(id, notice, now()));
        if (saved.isNew()) {
            listener.arrived(to, saved.notification());
            announceCount(to);
        }
        return saved;
    }

    /**
     * The same as {@link #send(UserId, Notice)}, field by field.
     *
     * @throws InvalidValueException naming the field that is not as {@link Notice} wants it
     */
    public Saved createAndSend(
            UserId to, String type, Priority priority, String title, String message, Optional<Payload> data) {
        return send(to, new Notice(type, priority, title, message, data));
    }

    /** A page of the user's inbox, newest first; {@code limit} is brought into the range of pages. */
    public InboxPage list(UserId user, InboxQuery.Shown shown, InboxQuery.Cursor cursor, int limit) {
        int atMost = Math.max(1, Math.min(InboxQuery.MAX_LIMIT, limit));
        return store.list(user, new InboxQuery(shown, cursor, atMost, settings.pageBytes()));
    }

    /** One notification of the user's inbox; empty when it is not there. */
    public Optional<Notification> find(UserId user, NotificationId id) {
        return store.find(user, id);
    }

    /**
     * The user has read it; a second time changes nothing.
     *
     * @throws NotificationNotFoundException when it is not in the user's inbox
     */
    public void markRead(UserId user, NotificationId id) {
        if (store.markRead(user, id, now())) {
            announceCount(user);
        } else if (store.find(user, id).isEmpty()) {
            throw new NotificationNotFoundException(user, "notification " + id);
        }
    }

    /** The user has read everything; how many were unread. */
    public long markAllRead(UserId user) {
        long marked = store.markAllRead(user, now());
        if (marked > 0) {
            announceCount(user);
        }
        return marked;
    }

    /** How many notifications the user has not read. */
    public long unreadCount(UserId user) {
        return store.unreadCount(user);
    }

    /** How much is kept, over all users. */
    public NotificationStats stats() {
        return store.stats();
    }

    private void announceCount(UserId user) {
        turns.take(user, () -> listener.changed(user, () -> store.unreadCount(user)));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
