package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How the values of a message stand in the columns of a row. */
final class Columns {
    /** The columns of {@code realtime_message}, for {@link #message}. */
    static final String ALL = "room_id, seq, id, sent_at, sender_id, recipient_id, visit_id, client_message_id, body,"
            + " attachments, metadata";

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Columns() {}

    /** The message in the row at hand. */
    static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                new RoomId(row.getString("room_id")),
                row.getLong("seq"),
                new UserId(row.getString("sender_id")),
                Optional.ofNullable(row.getString("recipient_id")).map(UserId::new),
                Optional.ofNullable(row.getString("visit_id")).map(VisitId::new),
                Optional.ofNullable(row.getString("client_message_id")),
                row.getString("body"),
                Optional.ofNullable(row.getString("attachments")).map(Columns::texts),
                Payload.parse(row.getString("metadata")),
                moment(row.getLong("sent_at")));
    }

    /** Texts as a JSON array. */
    static String json(List<String> texts) {
        return Payload.of(texts).toString();
    }

    private static List<String> texts(String json) {
        return Payload.parse(json).elements().stream().map(Payload::asText).toList();
    }

    static Instant moment(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** The moment in milliseconds, or the one before. */
    static long floorMillis(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        return moment.isAfter(LAST) ? Long.MAX_VALUE : moment.toEpochMilli();
    }

    /** The moment in milliseconds, or the next one. */
    static long ceilingMillis(Instant moment) {
        long floor = floorMillis(moment);
        return moment(floor).isBefore(moment) && floor < Long.MAX_VALUE ? floor + 1 : floor;
    }
}
