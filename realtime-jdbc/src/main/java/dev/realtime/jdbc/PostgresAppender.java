package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** One call of the function {@code realtime_append}, which is a transaction and a round trip. */
final class PostgresAppender implements Appender {
    private static final String CALL = "SELECT * FROM realtime_append(:locks, :ids, :rooms, :senders, :recipients,"
            + " :visits, :clientMessageIds, :bodies, :attachments, :metadata, :moments)";

    @Override
    public List<Appended.Stored> append(Handle handle, List<Draft> drafts) {
        Appended.Stored[] answers = new Appended.Stored[drafts.size()];
        DraftColumns columns = new DraftColumns(drafts);
        handle.createQuery(CALL)
                .bind("locks", texts(columns.locks.toArray(String[]::new)))
                .bind("ids", texts(columns.ids))
                .bind("rooms", texts(columns.rooms))
                .bind("senders", texts(columns.senders))
                .bind("recipients", texts(columns.recipients))
                .bind("visits", texts(columns.visits))
                .bind("clientMessageIds", texts(columns.clientMessageIds))
                .bind("bodies", texts(columns.bodies))
                .bind("attachments", texts(columns.attachments))
                .bind("metadata", texts(columns.metadata))
                .bind("moments", array("bigint", columns.moments))
                .map((row, context) -> Placed.of(row, drafts))
                .forEach(placed -> answers[placed.place()] = placed.answer());
        return Arrays.asList(answers);
    }

    private static Argument texts(@Nullable String[] values) {
        return array("text", values);
    }

    private static Argument array(String type, @Nullable Object[] values) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }

    /** What became of the draft at a place, from 0. */
    private record Placed(int place, Appended.Stored answer) {
        static Placed of(ResultSet row, List<Draft> drafts) throws SQLException {
            int place = row.getInt("place") - 1;
            if (!row.getBoolean("is_new")) {
                return new Placed(place, new Appended.Stored(Columns.message(row), false));
            }
            Message message = Message.of(drafts.get(place), row.getLong("seq"), Columns.moment(row.getLong("sent_at")));
            return new Placed(place, new Appended.Stored(message, true));
        }
    }
}
