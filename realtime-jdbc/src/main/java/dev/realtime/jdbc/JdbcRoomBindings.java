package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.error.StoreException;
import dev.realtime.room.RoomBindings;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Room bindings in PostgreSQL or H2, shared by all nodes on the same database, and never forgotten. Safe for many
 * threads. {@link StoreException} when the database cannot be asked.
 */
public final class JdbcRoomBindings implements RoomBindings {
    private final Connections connections;

    /**
     * Bindings in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcRoomBindings(DataSource source) {
        this(Connections.to(source));
    }

    JdbcRoomBindings(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<VisitId> find(RoomId room) {
        return connections.ask("read the visit of room " + room, handle -> find(handle, room));
    }

    @Override
    public VisitId bind(RoomId room, VisitId visit) {
        return connections.ask(
                "bind room " + room, handle -> find(handle, room).orElseGet(() -> insert(handle, room, visit)));
    }

    private static VisitId insert(Handle handle, RoomId room, VisitId visit) {
        try {
            handle.createUpdate("INSERT INTO realtime_room_binding (room_id, visit_id) VALUES (:room, :visit)")
                    .bind("room", room.value())
                    .bind("visit", visit.value())
                    .execute();
            return visit;
        } catch (JdbiException failed) {
            if (Failures.isDuplicate(failed)) {
                return find(handle, room).orElseThrow(() -> failed);
            }
            throw failed;
        }
    }

    private static Optional<VisitId> find(Handle handle, RoomId room) {
        return handle.createQuery("SELECT visit_id FROM realtime_room_binding WHERE room_id = :room")
                .bind("room", room.value())
                .map((row, context) -> new VisitId(row.getString("visit_id")))
                .findOne();
    }
}
