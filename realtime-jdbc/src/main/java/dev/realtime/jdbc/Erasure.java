package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Deletes what a user has said and how far the user has come, room by room and in steps that hold a room for a few
 * milliseconds each. A room's messages go from the oldest on, as the sender's numbering demands. Each step leaves
 * everything right; one that fails is as if it had not begun.
 */
final class Erasure {
    /** The most messages deleted in one transaction. */
    private static final int STEP = 1000;

    static final String NEXT_ROOM = "SELECT room_id FROM realtime_message WHERE sender_id = :user AND room_id > :after"
            + " ORDER BY sender_id, room_id, seq LIMIT 1";
    static final String NEXT_MEMBERSHIP = "SELECT room_id FROM realtime_member WHERE user_id = :user"
            + " AND room_id > :after ORDER BY user_id, room_id LIMIT 1";
    static final String SAID = "SELECT seq FROM realtime_message WHERE sender_id = :user AND room_id = :room"
            + " AND seq > :from ORDER BY sender_id, room_id, seq LIMIT :count";
    static final String DELETE = "DELETE FROM realtime_message WHERE sender_id = :user AND room_id = :room"
            + " AND seq > :from AND seq <= :through";
    private static final String ADD =
            "UPDATE realtime_erased SET places = places + :places WHERE room_id = :room AND block = :block";
    private static final String INSERT =
            "INSERT INTO realtime_erased (room_id, block, places) VALUES (:room, :block, :places)";
    private static final String FORGET = "DELETE FROM realtime_member WHERE room_id = :room AND user_id = :user";
    private static final String RESET =
            "UPDATE realtime_member SET delivered_seq = 0, read_seq = 0" + " WHERE room_id = :room AND user_id = :user";

    private final Connections connections;
    private final UserId user;

    Erasure(Connections connections, UserId user) {
        this.connections = connections;
        this.user = user;
    }

    /** Deletes all there is and tells how many messages that were. */
    long run() {
        return eraseIn(NEXT_ROOM) + eraseIn(NEXT_MEMBERSHIP);
    }

    private long eraseIn(String nextRoom) {
        long erased = 0;
        Optional<String> room = next(nextRoom, "");
        while (room.isPresent()) {
            erased += eraseRoom(room.get());
            room = next(nextRoom, room.get());
        }
        return erased;
    }

    private Optional<String> next(String sql, String after) {
        return connections.ask(
                "find what user " + user + " has said",
                handle -> handle.createQuery(sql)
                        .bind("user", user.value())
                        .bind("after", after)
                        .mapTo(String.class)
                        .findOne());
    }

    private long eraseRoom(String room) {
        long erased = 0;
        Step step = new Step(0, 0, false);
        while (!step.isLast()) {
            long from = step.through();
            step = connections.ask(
                    "erase user " + user,
                    handle -> handle.inTransaction(transaction -> LockedRoom.take(transaction, room)
                            .map(locked -> eraseFrom(transaction, locked, from))
                            .orElseGet(() -> forget(transaction, room))));
            erased += step.erased();
        }
        return erased;
    }

    /** What one transaction did. */
    private record Step(int erased, long through, boolean isLast) {}

    private Step eraseFrom(Handle handle, LockedRoom room, long from) {
        List<Long> said = handle.createQuery(SAID)
                .bindMap(Map.of("user", user.value(), "room", room.id(), "from", from, "count", STEP))
                .mapTo(Long.class)
                .list();
        if (said.isEmpty()) {
            return forget(handle, room.id());
        }
        long through = said.get(said.size() - 1);
        int erased = handle.createUpdate(DELETE)
                .bindMap(Map.of("user", user.value(), "room", room.id(), "from", from, "through", through))
                .execute();
        empty(handle, room.id(), said);
        room.settle(handle, room.deletedThrough());
        return said.size() < STEP
                ? new Step(erased, through, forget(handle, room.id()).isLast())
                : new Step(erased, through, false);
    }

    /** The chats that name the user go on to do so. */
    private Step forget(Handle handle, String room) {
        boolean isParty = new RoomId(room).parties().contains(user);
        handle.createUpdate(isParty ? RESET : FORGET)
                .bind("room", room)
                .bind("user", user.value())
                .execute();
        return new Step(0, 0, true);
    }

    private static void empty(Handle handle, String room, List<Long> said) {
        Map<Long, Long> places = new TreeMap<>();
        said.forEach(seq -> places.merge(seq / 1000, 1L, Long::sum));
        PreparedBatch add = handle.prepareBatch(ADD);
        places.forEach((block, count) -> add.bind("room", room)
                .bind("block", block)
                .bind("places", count)
                .add());
        List<Long> blocks = List.copyOf(places.keySet());
        int[] found = add.execute();
        PreparedBatch insert = handle.prepareBatch(INSERT);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                long block = blocks.get(i);
                insert.bind("room", room)
                        .bind("block", block)
                        .bind("places", places.getOrDefault(block, 0L))
                        .add();
            }
        }
        if (insert.size() > 0) {
            insert.execute();
        }
    }
}
