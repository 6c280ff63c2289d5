package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * One call of the function {@code realtime_append}, which is a transaction and a round trip. Every message passes here,
 * so it speaks to the driver itself, without names to look up and mappers to find.
 */
final class PostgresAppender implements Appender {
    private static final String CALL = "SELECT * FROM realtime_append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public List<Appended.Stored> append(Handle handle, List<Draft> drafts) {
        try (PreparedStatement call = handle.getConnection().prepareStatement(CALL)) {
            Integer patience = handle.getConfig(SqlStatements.class).getQueryTimeout();
            call.setQueryTimeout(patience == null ? 0 : patience);
            bind(call, new DraftColumns(drafts));
            try (ResultSet rows = call.executeQuery()) {
                return answers(rows, drafts);
            }
        } catch (SQLException failure) {
            throw new RefusedCallException(failure);
        }
    }

    private static void bind(PreparedStatement call, DraftColumns columns) throws SQLException {
        Connection connection = call.getConnection();
        @Nullable
        String[][] texts = {
            columns.locks.toArray(String[]::new),
            columns.ids,
            columns.rooms,
            columns.senders,
            columns.recipients,
            columns.visits,
            columns.clientMessageIds,
            columns.bodies,
            columns.attachments,
            columns.metadata
        };
        for (int i = 0; i < texts.length; i++) {
            call.setArray(i + 1, connection.createArrayOf("text", texts[i]));
        }
        call.setArray(texts.length + 1, connection.createArrayOf("bigint", columns.moments));
    }

    /** What became of each draft; a row names its draft by its place, from 1. */
    private static List<Appended.Stored> answers(ResultSet rows, List<Draft> drafts) throws SQLException {
        Appended.Stored[] answers = new Appended.Stored[drafts.size()];
        while (rows.next()) {
            int place = rows.getInt("place") - 1;
            boolean isNew = rows.getBoolean("is_new");
            answers[place] =
                    new Appended.Stored(isNew ? stored(rows, drafts.get(place)) : Columns.message(rows), isNew);
        }
        return Arrays.asList(answers);
    }

    private static Message stored(ResultSet row, Draft draft) throws SQLException {
        return Message.of(draft, row.getLong("seq"), Columns.moment(row.getLong("sent_at")));
    }

    /** The call failed; the cause's SQLSTATE says how. */
    private static final class RefusedCallException extends JdbiException {
        private static final long serialVersionUID = 1L;

        RefusedCallException(SQLException cause) {
            super("realtime_append failed", cause);
        }
    }
}
