package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Reach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads how far receipts have come: of each room the two members who are furthest, in either respect. */
final class ReachReader {
    private static final String DELIVERED = "(SELECT room_id, user_id, delivered_seq AS reached, FALSE AS is_read"
            + " FROM realtime_member WHERE room_id = %1$s AND delivered_seq > 0"
            + " ORDER BY room_id DESC, delivered_seq DESC, user_id DESC LIMIT 2)";
    private static final String READ = "(SELECT room_id, user_id, read_seq AS reached, TRUE AS is_read"
            + " FROM realtime_member WHERE room_id = %1$s AND read_seq > 0"
            + " ORDER BY room_id DESC, read_seq DESC, user_id DESC LIMIT 2)";
    private static final String BOTH = DELIVERED + " UNION ALL " + READ;

    private ReachReader() {}

    /** For all rooms at once in PostgreSQL; H2, which has no lateral joins, is asked once for each, without a way. */
    static Map<RoomId, Reach> read(Handle handle, Database database, Collection<RoomId> rooms) {
        Map<RoomId, Reach> found = new HashMap<>();
        for (Row row : rows(handle, database, rooms)) {
            Reach known = found.getOrDefault(row.room(), Reach.NONE);
            found.put(row.room(), row.addTo(known));
        }
        return found;
    }

    private static List<Row> rows(Handle handle, Database database, Collection<RoomId> rooms) {
        Object[] ids = rooms.stream().map(RoomId::value).toArray();
        if (database == Database.POSTGRESQL) {
            return handle.createQuery(sql(database))
                    .bind("rooms", ArrayArguments.texts(ids))
                    .map((row, context) -> Row.of(row))
                    .list();
        }
        return rooms.stream()
                .flatMap(room -> handle
                        .createQuery(sql(database))
                        .bind("room", room.value())
                        .map((row, context) -> Row.of(row))
                        .list()
                        .stream())
                .toList();
    }

    static String sql(Database database) {
        return database == Database.POSTGRESQL
                ? "SELECT m.* FROM unnest(CAST(:rooms AS text[])) AS r (id) CROSS JOIN LATERAL ("
                        + BOTH.formatted("r.id") + ") m"
                : BOTH.formatted(":room");
    }

    private record Row(RoomId room, UserId user, long reached, boolean isRead) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new RoomId(row.getString("room_id")),
                    new UserId(row.getString("user_id")),
                    row.getLong("reached"),
                    row.getBoolean("is_read"));
        }

        Reach addTo(Reach known) {
            return isRead
                    ? new Reach(known.delivered(), known.read().with(user, reached))
                    : new Reach(known.delivered().with(user, reached), known.read());
        }
    }
}
