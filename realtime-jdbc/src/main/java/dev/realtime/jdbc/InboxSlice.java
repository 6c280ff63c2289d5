package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Place;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows of {@code realtime_inbox_item} in the order of an index, from new to old. The order names the columns that are
 * fixed as well, else H2 does not read the index backwards but sorts.
 *
 * @param condition which rows
 * @param order in which order
 * @param bindings the values the condition names
 */
record InboxSlice(String condition, String order, Map<String, ?> bindings) {
    private static final String BY_TIME = "sent_at DESC, notification_id DESC";

    /** Where the query begins. */
    static InboxSlice first(UserId user, InboxQuery query) {
        if (query.cursor() instanceof InboxQuery.BeforePlace before) {
            return after(before.place(), user, query);
        }
        if (query.cursor() instanceof InboxQuery.Before before) {
            long moment = Columns.ceilingMillis(before.moment());
            return of(user, query, " AND sent_at < :moment", Map.of("moment", moment));
        }
        return of(user, query, "", Map.of());
    }

    /** Where the query goes on after the notification at a place. */
    static InboxSlice after(Place last, UserId user, InboxQuery query) {
        return of(
                user,
                query,
                " AND sent_at <= :moment AND (sent_at < :moment OR notification_id < :last)",
                Map.of(
                        "moment",
                        Columns.floorMillis(last.timestamp()),
                        "last",
                        last.id().value()));
    }

    private static InboxSlice of(UserId user, InboxQuery query, String where, Map<String, ?> values) {
        boolean isUnread = query.shown() == InboxQuery.Shown.UNREAD;
        Map<String, Object> bindings = new HashMap<>(values);
        bindings.put("user", user.value());
        return new InboxSlice(
                "user_id = :user" + (isUnread ? " AND unread = 1" : "") + where,
                "user_id DESC, " + (isUnread ? "unread DESC, " : "") + BY_TIME,
                bindings);
    }
}
