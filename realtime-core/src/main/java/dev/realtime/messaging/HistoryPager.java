package dev.realtime.messaging;

import dev.realtime.page.Pager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cuts one page out of the messages that answer a query. A {@link MessageStore} offers them one by one, beginning at
 * the cursor and in the direction read, until it is told to stop or has no more; it need not count or weigh.
 *
 * <pre>{@code
 * HistoryPager pager = new HistoryPager(query);
 * while (rows.hasNext() && pager.offer(rows.next())) {}
 * return pager.page();
 * }</pre>
 *
 * <p>A page ends at its limit, or before the message that would take it over its bytes; it holds at least one. Those
 * who read on from a moment would miss what shares it, so a page read from {@link HistoryQuery.Newest} or
 * {@link HistoryQuery.Before} takes all messages of its oldest millisecond, over its limit if need be, or none of
 * them when they do not all fit into its bytes; only a millisecond larger than a whole page is split. For one thread.
 */
public final class HistoryPager {
    private final HistoryQuery query;
    private final Pager<Message> pager;

    /** An empty page for the query. */
    public HistoryPager(HistoryQuery query) {
        this.query = query;
        this.pager = keepsMomentsWhole(query)
                ? Pager.keepingMoments(query.limit(), query.maxBytes(), Message::timestamp)
                : Pager.ofAny(query.limit(), query.maxBytes());
    }

    /** Whether a query is read from old to new; all others are read from new to old. */
    public static boolean readsForward(HistoryQuery query) {
        return query.cursor() instanceof HistoryQuery.AfterSeq;
    }

    /** Looks at the next message and tells whether to go on; {@code false} says the page is complete without it. */
    public boolean offer(Message message) {
        return offer(message, message.weight());
    }

    /** The same for a message whose {@link Message#weight()} was taken before. */
    public boolean offer(Message message, int weight) {
        return pager.offer(message, weight);
    }

    /** The page, oldest message first. */
    public HistoryPage page() {
        List<Message> page = new ArrayList<>(pager.taken());
        if (!readsForward(query)) {
            Collections.reverse(page);
        }
        return new HistoryPage(page, pager.hasMore());
    }

    private static boolean keepsMomentsWhole(HistoryQuery query) {
        return query.cursor() instanceof HistoryQuery.Newest || query.cursor() instanceof HistoryQuery.Before;
    }
}
