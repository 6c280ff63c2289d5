package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.RetryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Several statements in one transaction, as H2 runs in this process and a round trip costs nothing. */
final class H2Appender implements Appender {
    private static final String LOCK =
            "SELECT last_seq, last_sent_at FROM realtime_room WHERE room_id = :room FOR UPDATE";
    private static final String FIND = "SELECT " + Columns.ALL + " FROM realtime_message"
            + " WHERE room_id = :room AND sender_id = :sender AND client_message_id = :clientMessageId";
    private static final String INSERT = "INSERT INTO realtime_message (" + Columns.ALL + ", sender_seq) VALUES (:room,"
            + " :seq, :id, :sentAt, :sender, :recipient, :visit, :clientMessageId, :body, :attachments, :metadata,"
            + " :senderSeq)";
    private static final String COUNT = "UPDATE realtime_room SET last_seq = :seq, last_sent_at = :sentAt,"
            + " oldest_at = COALESCE(oldest_at, :oldest) WHERE room_id = :room";
    static final String LAST_OF_SENDER = "SELECT sender_seq FROM realtime_message WHERE sender_id = :sender"
            + " AND room_id = :room ORDER BY sender_id DESC, room_id DESC, seq DESC LIMIT 1";

    @Override
    public List<Appended.Stored> append(Handle handle, List<Draft> drafts) {
        List<String> rooms = drafts.stream()
                .map(draft -> draft.room().value())
                .distinct()
                .sorted()
                .toList();
        // Each in a transaction of its own and before any lock is held, so that no two batches wait in a circle.
        rooms.forEach(room -> makeRoom(handle, room));
        return handle.inTransaction(transaction -> appendLocked(transaction, rooms, drafts));
    }

    private static void makeRoom(Handle handle, String room) {
        boolean isThere = handle.createQuery("SELECT 1 FROM realtime_room WHERE room_id = :room")
                .bind("room", room)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (isThere) {
            return;
        }
        try {
            handle.useTransaction(transaction -> {
                transaction
                        .createUpdate("INSERT INTO realtime_room (room_id, last_seq) VALUES (:room, 0)")
                        .bind("room", room)
                        .execute();
                RoomId id = new RoomId(room);
                list(transaction, id.parties().stream().map(user -> Marker.delivered(id, user, 0)));
            });
        } catch (JdbiException failed) {
            if (!Failures.isDuplicate(failed)) {
                throw failed;
            }
        }
    }

    private static List<Appended.Stored> appendLocked(Handle handle, List<String> rooms, List<Draft> drafts) {
        Map<RoomId, Counter> counters = new HashMap<>();
        rooms.forEach(room -> counters.put(new RoomId(room), lock(handle, room)));
        List<Appended.Stored> answers = new ArrayList<>(drafts.size());
        List<Message> fresh = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            Optional<Message> first = RetryKey.of(draft).flatMap(key -> find(handle, key));
            Message message = first.orElseGet(() -> number(draft, counters));
            if (first.isEmpty()) {
                fresh.add(message);
            }
            answers.add(new Appended.Stored(message, first.isEmpty()));
        }
        insert(handle, fresh);
        Map<RoomId, Long> oldest = new HashMap<>();
        fresh.forEach(message ->
                oldest.putIfAbsent(message.room(), message.timestamp().toEpochMilli()));
        counters.forEach((room, counter) -> count(handle, room, counter, oldest.get(room)));
        return answers;
    }

    /** Makes rooms those of users, in the order in which everybody takes these rows. */
    private static void list(Handle handle, Stream<Marker> members) {
        members.sorted(JdbcMessageStore.BY_MEMBER).forEach(member -> H2MarkerWriter.list(handle, member));
    }

    private static Counter lock(Handle handle, String room) {
        return handle.createQuery(LOCK)
                .bind("room", room)
                .map((row, context) -> {
                    long sentAt = row.getLong("last_sent_at");
                    return new Counter(row.getLong("last_seq"), row.wasNull() ? Long.MIN_VALUE : sentAt);
                })
                .one();
    }

    private static Optional<Message> find(Handle handle, RetryKey key) {
        return handle.createQuery(FIND)
                .bind("room", key.room().value())
                .bind("sender", key.sender().value())
                .bind("clientMessageId", key.clientMessageId())
                .map((row, context) -> Columns.message(row))
                .findOne();
    }

    private static Message number(Draft draft, Map<RoomId, Counter> counters) {
        Counter next = counters.compute(
                draft.room(),
                (room, counter) -> counter == null
                        ? new Counter(1, Columns.floorMillis(draft.proposedAt()))
                        : counter.next(Columns.floorMillis(draft.proposedAt())));
        return Message.of(draft, next.seq(), Columns.moment(next.sentAt()));
    }

    private static void insert(Handle handle, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        Map<Marker, Long> numbers = new HashMap<>();
        for (Message message : messages) {
            Marker member = Marker.delivered(message.room(), message.sender(), 0);
            long last = numbers.computeIfAbsent(member, sender -> lastOf(handle, sender));
            numbers.put(member, last + 1);
            batch.bind("senderSeq", last + 1)
                    .bind("room", message.room().value())
                    .bind("seq", message.seq())
                    .bind("id", message.id())
                    .bind("sentAt", message.timestamp().toEpochMilli())
                    .bind("sender", message.sender().value())
                    .bind("recipient", text(message.recipient()))
                    .bind("visit", text(message.visit()))
                    .bind("clientMessageId", text(message.clientMessageId()))
                    .bind("body", message.text())
                    .bind("attachments", text(message.attachments().map(Columns::json)))
                    .bind("metadata", message.metadata().toString())
                    .add();
        }
        List<Marker> newcomers = numbers.keySet().stream()
                .filter(sender -> lastOf(handle, sender) == 0)
                .toList();
        batch.execute();
        list(handle, newcomers.stream());
    }

    /** The number of the sender's last message in the sender's own numbering, 0 when there is none. */
    private static long lastOf(Handle handle, Marker sender) {
        return handle.createQuery(LAST_OF_SENDER)
                .bind("sender", sender.user().value())
                .bind("room", sender.room().value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static Optional<String> text(Optional<?> value) {
        return value.map(Object::toString);
    }

    private static void count(Handle handle, RoomId room, Counter counter, @Nullable Long oldest) {
        handle.createUpdate(COUNT)
                .bind("room", room.value())
                .bind("seq", counter.seq())
                .bind("sentAt", counter.sentAt())
                .bindByType("oldest", oldest, Long.class)
                .execute();
    }

    /** The last number and moment of a room. */
    private record Counter(long seq, long sentAt) {
        Counter next(long proposedAt) {
            return new Counter(seq + 1, Math.max(sentAt, proposedAt));
        }
    }
}
