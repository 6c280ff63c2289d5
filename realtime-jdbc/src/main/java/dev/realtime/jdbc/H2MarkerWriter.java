package dev.realtime.jdbc;

import dev.realtime.messaging.Marker;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatement;

/** Row by row in one transaction. */
final class H2MarkerWriter implements MarkerWriter {
    private static final String MEMBER = " WHERE room_id = :room AND user_id = :user";
    static final String FIND = "SELECT 1 FROM realtime_member" + MEMBER;
    static final String MOVE = "UPDATE realtime_member SET delivered_seq = GREATEST(delivered_seq, :delivered),"
            + " read_seq = GREATEST(read_seq, :read), is_listed = is_listed OR :listed" + MEMBER
            + " AND (delivered_seq < :delivered OR read_seq < :read OR (:listed AND NOT is_listed))";
    private static final String INSERT = "INSERT INTO realtime_member (room_id, user_id, delivered_seq, read_seq,"
            + " is_listed) VALUES (:room, :user, :delivered, :read, :listed)";

    @Override
    public void write(Handle handle, List<Marker> markers) {
        handle.useTransaction(transaction -> markers.forEach(marker -> write(transaction, marker, marker.read() > 0)));
    }

    /** Makes the room one of the user's; part of a transaction that has begun. */
    static void list(Handle handle, Marker member) {
        write(handle, member, true);
    }

    private static void write(Handle handle, Marker marker, boolean isListed) {
        if (!isThere(handle, marker)) {
            try {
                bound(handle.createUpdate(INSERT), marker, isListed).execute();
                return;
            } catch (JdbiException failed) {
                if (!Failures.isDuplicate(failed)) {
                    throw failed;
                }
            }
        }
        bound(handle.createUpdate(MOVE), marker, isListed).execute();
    }

    private static boolean isThere(Handle handle, Marker marker) {
        return member(handle.createQuery(FIND), marker)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Marker marker, boolean isListed) {
        return member(statement, marker)
                .bind("delivered", marker.delivered())
                .bind("read", marker.read())
                .bind("listed", isListed);
    }

    private static <S extends SqlStatement<S>> S member(S statement, Marker marker) {
        return statement
                .bind("room", marker.room().value())
                .bind("user", marker.user().value());
    }
}
