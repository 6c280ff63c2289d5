package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** One call of the function {@code realtime_append}, which is a transaction and a round trip. */
final class PostgresAppender implements Appender {
    private static final String CALL = "SELECT * FROM realtime_append(:locks, :ids, :rooms, :senders, :recipients,"
            + " :visits, :clientMessageIds, :bodies, :attachments, :metadata, :moments)";

    @Override
    public List<Appended.Stored> append(Handle handle, List<Draft> drafts) {
        Appended.Stored[] answers = new Appended.Stored[drafts.size()];
        handle.createQuery(CALL)
                .bind(
                        "locks",
                        texts(drafts.stream().map(draft -> draft.room().value()).distinct()))
                .bind("ids", texts(drafts, draft -> draft.id().toString()))
                .bind("rooms", texts(drafts, draft -> draft.room().value()))
                .bind("senders", texts(drafts, draft -> draft.sender().value()))
                .bind("recipients", optionals(drafts, draft -> draft.recipient().map(Object::toString)))
                .bind("visits", optionals(drafts, draft -> draft.visit().map(Object::toString)))
                .bind("clientMessageIds", optionals(drafts, Draft::clientMessageId))
                .bind("bodies", texts(drafts, Draft::text))
                .bind(
                        "attachments",
                        optionals(drafts, draft -> draft.attachments().map(Columns::json)))
                .bind("metadata", texts(drafts, draft -> draft.metadata().toString()))
                .bind("moments", moments(drafts))
                .map((row, context) -> Placed.of(row, drafts))
                .forEach(placed -> answers[placed.place()] = placed.answer());
        return Arrays.asList(answers);
    }

    private static Argument texts(List<Draft> drafts, Function<Draft, String> value) {
        return texts(drafts.stream().map(value));
    }

    private static Argument optionals(List<Draft> drafts, Function<Draft, Optional<String>> value) {
        return texts(drafts.stream().map(draft -> value.apply(draft).orElse(null)));
    }

    private static Argument texts(Stream<String> values) {
        return array("text", values.toArray(String[]::new));
    }

    private static Argument moments(List<Draft> drafts) {
        return array(
                "bigint",
                drafts.stream()
                        .map(draft -> Columns.floorMillis(draft.proposedAt()))
                        .toArray(Long[]::new));
    }

    private static Argument array(String type, Object[] values) {
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
