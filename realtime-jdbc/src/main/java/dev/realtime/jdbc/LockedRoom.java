package dev.realtime.jdbc;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A room whose row is held, so that nothing is appended to it meanwhile. For one transaction.
 *
 * @param deletedThrough the last number that was deleted for its age
 */
record LockedRoom(String id, long deletedThrough) {
    private static final String LOCK = "SELECT deleted_through FROM realtime_room WHERE room_id = :room FOR UPDATE";
    private static final String OLDEST = "SELECT sent_at FROM realtime_message WHERE room_id = :room AND seq > :from"
            + " ORDER BY room_id, seq LIMIT 1";
    private static final String SETTLE = "UPDATE realtime_room SET oldest_at = :oldest,"
            + " deleted_through = CASE WHEN :isEmpty THEN last_seq ELSE :through END WHERE room_id = :room";
    private static final String FORGET = "DELETE FROM realtime_erased WHERE room_id = :room AND block < :block";

    /** Waits for the room; empty when there is none. */
    static Optional<LockedRoom> take(Handle handle, String id) {
        return handle.createQuery(LOCK)
                .bind("room", id)
                .map((row, context) -> new LockedRoom(id, row.getLong("deleted_through")))
                .findOne();
    }

    /**
     * Notes what the room's oldest message is now. A room that has none begins anew after its last number.
     *
     * @param through the last number that was deleted for its age
     */
    void settle(Handle handle, long through) {
        @Nullable
        Long oldest = handle.createQuery(OLDEST)
                .bind("room", id)
                .bind("from", through)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
        handle.createUpdate(SETTLE)
                .bindByType("oldest", oldest, Long.class)
                .bind("isEmpty", oldest == null)
                .bind("through", through)
                .bind("room", id)
                .execute();
        handle.createUpdate(FORGET)
                .bindMap(Map.of("room", id, "block", oldest == null ? Long.MAX_VALUE : through / 1000))
                .execute();
    }
}
