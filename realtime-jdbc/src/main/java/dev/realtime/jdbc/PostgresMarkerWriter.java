package dev.realtime.jdbc;

import dev.realtime.messaging.Marker;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One statement. A marker that has been reached never falls back, so what is skipped needs no lock. */
final class PostgresMarkerWriter implements MarkerWriter {
    static final String SQL = """
            INSERT INTO realtime_member AS k (room_id, user_id, delivered_seq, read_seq, is_listed)
            SELECT g.room_id, g.user_id, g.delivered_seq, g.read_seq, g.read_seq > 0
            FROM unnest(CAST(:rooms AS text[]), CAST(:users AS text[]), CAST(:delivered AS bigint[]),
                CAST(:read AS bigint[])) WITH ORDINALITY AS g (room_id, user_id, delivered_seq, read_seq, place)
            LEFT JOIN LATERAL (
              SELECT o.delivered_seq, o.read_seq FROM realtime_member o
              WHERE o.room_id = g.room_id AND o.user_id = g.user_id LIMIT 1
            ) there ON true
            WHERE (there.delivered_seq >= g.delivered_seq AND there.read_seq >= g.read_seq) IS NOT TRUE
            ORDER BY g.place
            ON CONFLICT (room_id, user_id) DO UPDATE
            SET delivered_seq = greatest(k.delivered_seq, excluded.delivered_seq),
              read_seq = greatest(k.read_seq, excluded.read_seq),
              is_listed = k.is_listed OR excluded.is_listed
            WHERE k.delivered_seq < excluded.delivered_seq OR k.read_seq < excluded.read_seq""";

    @Override
    public void write(Handle handle, List<Marker> markers) {
        handle.createUpdate(SQL)
                .bind(
                        "rooms",
                        ArrayArguments.texts(
                                column(markers, marker -> marker.room().value(), new String[0])))
                .bind(
                        "users",
                        ArrayArguments.texts(
                                column(markers, marker -> marker.user().value(), new String[0])))
                .bind("delivered", ArrayArguments.numbers(column(markers, Marker::delivered, new Long[0])))
                .bind("read", ArrayArguments.numbers(column(markers, Marker::read, new Long[0])))
                .execute();
    }

    private static <T> T[] column(List<Marker> markers, Function<Marker, T> value, T[] type) {
        return markers.stream().map(value).toList().toArray(type);
    }
}
