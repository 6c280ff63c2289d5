package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Unread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Counts what a user has not read, in one statement and without counting messages. In each room it is the numbers
 * after the base, which is the read marker or the last number deleted for its age, less the user's own and less those
 * erased. The user's own are the distance of the first from the last one in the sender's numbering. Of those erased
 * only the thousand around the base are looked at one by one, and only if any of them are.
 */
final class UnreadReader {
    private static final String SQL = """
            SELECT u.room_id, u.unread, u.last_seq, u.read_seq, sum(u.unread) OVER () AS total
            FROM (
              SELECT c.room_id, c.last_seq, c.last_sent_at, c.read_seq,
                c.last_seq - c.base
                - coalesce((%2$s) - (%3$s) + 1, 0)
                - coalesce((SELECT sum(e.places) FROM realtime_erased e
                    WHERE e.room_id = c.room_id AND e.block > c.base / 1000), 0)
                - coalesce((SELECT least(c.last_seq, e.block * 1000 + 999) - c.base
                      - (SELECT count(*) FROM realtime_message m
                        WHERE m.room_id = c.room_id AND m.seq > c.base AND m.seq <= c.base / 1000 * 1000 + 999)
                    FROM realtime_erased e WHERE e.room_id = c.room_id AND e.block = c.base / 1000), 0) AS unread
              FROM (
                SELECT r.room_id, r.last_seq, r.last_sent_at, coalesce(k.read_seq, 0) AS read_seq,
                  least(greatest(coalesce(k.read_seq, 0), r.deleted_through), r.last_seq) AS base
                FROM (
                  SELECT room_id FROM realtime_member WHERE user_id = :user AND is_listed
                  UNION
                  SELECT %1$s
                ) t
                %4$s
                LEFT JOIN realtime_member k ON k.room_id = r.room_id AND k.user_id = :user
                WHERE r.oldest_at IS NOT NULL
              ) c
            ) u
            ORDER BY u.last_sent_at DESC, u.room_id
            LIMIT :count""";

    private static final String H2 = SQL.formatted(
            "a.room_id FROM UNNEST(CAST(:also AS VARCHAR ARRAY)) AS a (room_id)",
            "SELECT m.sender_seq FROM realtime_message m WHERE m.sender_id = :user AND m.room_id = c.room_id"
                    + " ORDER BY m.sender_id DESC, m.room_id DESC, m.seq DESC LIMIT 1",
            "SELECT m.sender_seq FROM realtime_message m WHERE m.sender_id = :user AND m.room_id = c.room_id"
                    + " AND m.seq > c.base ORDER BY m.sender_id, m.room_id, m.seq LIMIT 1",
            "JOIN realtime_room r ON r.room_id = t.room_id");

    /** What a planner thinks of the number of senders cannot lead it to another index, as no other has this order. */
    private static final String POSTGRES = SQL.formatted(
            "a.room_id COLLATE \"C\" FROM unnest(CAST(:also AS text[])) AS a (room_id)",
            "SELECT CASE WHEN m.sender_id = :user AND m.room_id = c.room_id THEN m.sender_seq END"
                    + " FROM realtime_message m WHERE (m.sender_id, m.room_id, m.seq)"
                    + " < (:user, c.room_id, 9223372036854775807)"
                    + " ORDER BY m.sender_id DESC, m.room_id DESC, m.seq DESC LIMIT 1",
            "SELECT CASE WHEN m.sender_id = :user AND m.room_id = c.room_id THEN m.sender_seq END"
                    + " FROM realtime_message m WHERE (m.sender_id, m.room_id, m.seq) > (:user, c.room_id, c.base)"
                    + " ORDER BY m.sender_id, m.room_id, m.seq LIMIT 1",
            "CROSS JOIN LATERAL (SELECT * FROM realtime_room x WHERE x.room_id = t.room_id LIMIT 1) r");

    private UnreadReader() {}

    static Unread read(Handle handle, Database database, UserId user, Collection<RoomId> also, int limit) {
        List<Row> rows = handle.createQuery(sql(database))
                .bind("user", user.value())
                .bind(
                        "also",
                        ArrayArguments.texts(also.stream().map(RoomId::value).toArray()))
                // Without a row there would be no total.
                .bind("count", Math.max(1, limit))
                .map((row, context) -> Row.of(row))
                .list();
        long total = rows.isEmpty() ? 0 : rows.get(0).total();
        return new Unread(rows.stream().limit(limit).map(Row::room).toList(), total);
    }

    static String sql(Database database) {
        return database == Database.POSTGRESQL ? POSTGRES : H2;
    }

    private record Row(Unread.OfRoom room, long total) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new Unread.OfRoom(
                            new RoomId(row.getString("room_id")),
                            row.getLong("unread"),
                            row.getLong("last_seq"),
                            row.getLong("read_seq")),
                    row.getLong("total"));
        }
    }
}
