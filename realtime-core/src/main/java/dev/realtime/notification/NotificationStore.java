package dev.realtime.notification;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps notifications and who has read them. Called on worker threads, where it may block, from many at once and from
 * several nodes on the same data. {@code NotificationStoreContract} in the test-jar tests each sentence here.
 *
 * <p>The number of unread notifications is that of the inbox at every moment, whoever changes it meanwhile. An id stands
 * for one notification, in whosever inbox: the first that was saved with it, for as long as it is kept. Texts come back
 * as they went in, to the last character. An inbox is ordered by {@link Place}. A store may be bounded; then it forgets
 * the oldest, and the number of unread ones with them.
 *
 * <p>A store that cannot be reached answers with {@link dev.realtime.error.StoreException}. It then does not always
 * know whether something was changed; each call can be made again, with the same id.
 */
public interface NotificationStore {

    /** Puts an unread notification into the user's inbox, unless its id is known already: then nothing changes. */
    Saved save(UserId recipient, Notification notification);

    /** The notification of this id in the user's inbox; empty when it is not there, whosever else has it. */
    Optional<Notification> find(UserId user, NotificationId id);

    /** The page the query asks for, and what is unread at the same moment. */
    InboxPage list(UserId user, InboxQuery query);

    /**
     * Marks it as read at this moment and tells whether that changed anything: not when it is read already or not in the
     * user's inbox. Of many who do so at once, one is told so.
     */
    boolean markRead(UserId user, NotificationId id, Instant at);

    /** Marks all that are unread when this is called as read at this moment, and tells how many that were. */
    long markAllRead(UserId user, Instant at);

    /** How many are unread; the cost does not grow with the inbox. */
    long unreadCount(UserId user);

    /** How much is kept, over all users. */
    NotificationStats stats();
}
