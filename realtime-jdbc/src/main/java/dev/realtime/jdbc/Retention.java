package dev.realtime.jdbc;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deletes messages for their age, room by room and in steps that hold a room for a few milliseconds each. As moments
 * never fall in a room, what goes is always its beginning. Each step leaves everything right; one that fails is as if
 * it had not begun.
 */
final class Retention {
    /** The most messages deleted in one transaction. */
    private static final int STEP = 2000;

    static final String NEXT_ROOM =
            "SELECT room_id FROM realtime_room WHERE oldest_at < :moment ORDER BY oldest_at LIMIT 1";
    static final String LAST_OF_STEP = "SELECT max(b.seq) FROM (SELECT seq, sent_at FROM realtime_message"
            + " WHERE room_id = :room AND seq > :from ORDER BY room_id, seq LIMIT :count) b WHERE b.sent_at < :moment";
    static final String DELETE =
            "DELETE FROM realtime_message WHERE room_id = :room AND seq > :from AND seq <= :through";

    private final Connections connections;
    private final long moment;

    Retention(Connections connections, Instant moment) {
        this.connections = connections;
        this.moment = Columns.ceilingMillis(moment);
    }

    /** Deletes all there is and tells how many messages that were. */
    long run() {
        long deleted = 0;
        Optional<String> room = nextRoom();
        while (room.isPresent()) {
            deleted += step(room.get());
            room = nextRoom();
        }
        return deleted;
    }

    private Optional<String> nextRoom() {
        return connections.ask(
                "find old messages",
                handle -> handle.createQuery(NEXT_ROOM)
                        .bind("moment", moment)
                        .mapTo(String.class)
                        .findOne());
    }

    private long step(String room) {
        return connections.ask(
                "delete old messages",
                handle -> handle.inTransaction(transaction -> LockedRoom.take(transaction, room)
                        .map(locked -> deleteFrom(transaction, locked))
                        .orElse(0)));
    }

    private int deleteFrom(Handle handle, LockedRoom room) {
        Optional<Long> last = handle.createQuery(LAST_OF_STEP)
                .bind("room", room.id())
                .bind("from", room.deletedThrough())
                .bind("count", STEP)
                .bind("moment", moment)
                .mapTo(Long.class)
                .findOne();
        int deleted = last.map(through -> handle.createUpdate(DELETE)
                        .bind("room", room.id())
                        .bind("from", room.deletedThrough())
                        .bind("through", through)
                        .execute())
                .orElse(0);
        room.settle(handle, last.orElse(room.deletedThrough()));
        return deleted;
    }
}
