package dev.realtime.jdbc;

import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryPager;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads a page in slices along an index, each beginning where the last one ended, until the pager has enough: a page
 * may need more rows than its limit, and long before its limit may be too large for memory or for its bytes.
 */
final class HistoryReader {
    /** The most rows in memory that may turn out not to be of the page. */
    private static final int MAX_ROWS = 64;

    private HistoryReader() {}

    static HistoryPage read(Handle handle, FieldCipher cipher, HistoryQuery query) {
        HistoryPager pager = new HistoryPager(query);
        int count = Math.min(query.limit() + 1, MAX_ROWS);
        Slice slice = Slice.first(query);
        while (true) {
            List<Message> rows = rows(handle, slice, count);
            for (Message message : rows) {
                if (!pager.offer(SealedDraft.open(message, cipher))) {
                    return pager.page();
                }
            }
            if (rows.size() < count) {
                return pager.page();
            }
            slice = Slice.after(rows.get(count - 1), query);
        }
    }

    private static List<Message> rows(Handle handle, Slice slice, int count) {
        return handle.createQuery(sql(slice))
                .bindMap(slice.bindings())
                .bind("count", count)
                .map((row, context) -> Columns.message(row))
                .list();
    }

    static String sql(Slice slice) {
        return "SELECT " + Columns.ALL + " FROM realtime_message WHERE " + slice.condition() + " ORDER BY "
                + slice.order() + " LIMIT :count";
    }
}
