package dev.realtime.notification;

import dev.realtime.page.Pager;
import java.util.List;

/**
 * A part of an inbox, newest first.
 *
 * @param hasMore whether the query has a further, older notification
 * @param unread how many of the whole inbox are unread, at the same moment
 */
public record InboxPage(List<Notification> notifications, boolean hasMore, long unread) {
    /** Copies the list. */
    public InboxPage {
        notifications = List.copyOf(notifications);
    }

    /** An empty pager for the query, to which a store offers what answers it, from new to old. */
    public static Pager<Notification> pager(InboxQuery query) {
        return Pager.keepingMoments(query.limit(), query.maxBytes(), Notification::timestamp);
    }

    /** The page that came of it. */
    public static InboxPage of(Pager<Notification> pager, long unread) {
        return new InboxPage(pager.taken(), pager.hasMore(), unread);
    }
}
