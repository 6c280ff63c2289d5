package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Reach;
import dev.realtime.messaging.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Messages in PostgreSQL or H2, shared by all nodes on the same database. Safe for many threads.
 *
 * <p>A batch is one transaction; on PostgreSQL it is one round trip. Batches that touch the same room wait for each
 * other, in the database. When one draft of a batch cannot be stored, for its value, the others are. Waiting for a
 * connection, and for a database that has fallen silent, lasts as long as the pool and the driver allow (HikariCP's
 * {@code connectionTimeout}, the {@code socketTimeout} of PostgreSQL's driver); then the drafts fail. The pool leaves
 * the isolation level at READ COMMITTED.
 *
 * <p>A connection may break between commit and answer. The store then looks for the messages and, where they are
 * missing, stores them once more. Only when there is no connection for that either is a draft reported failed whose
 * fate nobody knows; the exception's message says so. A retry with its client message id is safe in every case.
 */
public final class JdbcMessageStore implements MessageStore {
    /** The order in which everybody takes the rows of members. */
    static final Comparator<Marker> BY_MEMBER =
            Comparator.comparing((Marker marker) -> marker.room().value()).thenComparing(Marker::user);

    /** So that a transaction stays short, however many come. */
    private static final int MARKERS_AT_ONCE = 5000;

    static final String LOCATE = "SELECT id, room_id, seq, sender_id FROM realtime_message WHERE id = ANY (:ids)";

    private final Connections connections;
    private final DraftWriter writer;
    private final MarkerWriter markerWriter;
    private final FieldCipher cipher;

    /**
     * Messages in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcMessageStore(DataSource source) {
        this(Connections.to(source), FieldCipher.OFF);
    }

    JdbcMessageStore(Connections connections, FieldCipher cipher) {
        this.cipher = cipher;
        this.connections = connections;
        this.writer = new DraftWriter(connections);
        this.markerWriter = connections.database().markerWriter();
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        BitSet refused = new BitSet();
        List<Draft> storable = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            if (Texts.areStorable(drafts.get(i), connections.database())) {
                storable.add(SealedDraft.of(drafts.get(i), cipher));
            } else {
                refused.set(i);
            }
        }
        Batch batch = Batch.of(storable);
        List<Appended> answers = new ArrayList<>(batch.spread(writer.write(batch.distinct())));
        refused.stream().forEach(i -> answers.add(i, refused(drafts.get(i))));
        for (int i = 0; i < answers.size(); i++) {
            answers.set(i, SealedDraft.answer(answers.get(i), drafts.get(i), cipher));
        }
        return List.copyOf(answers);
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return connections.ask("read messages", handle -> HistoryReader.read(handle, cipher, query));
    }

    @Override
    public long lastSeq(RoomId room) {
        return connections.ask(
                "read the last number of room " + room,
                handle -> handle.createQuery("SELECT last_seq FROM realtime_room WHERE room_id = :room")
                        .bind("room", room.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Override
    public List<Located> locate(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return connections.ask(
                "look for messages",
                handle -> handle.createQuery(LOCATE)
                        .bind("ids", ArrayArguments.ids(ids.toArray()))
                        .map((row, context) -> new Located(
                                row.getObject("id", UUID.class),
                                new RoomId(row.getString("room_id")),
                                row.getLong("seq"),
                                new UserId(row.getString("sender_id"))))
                        .list());
    }

    @Override
    public void mark(List<Marker> markers) {
        Map<List<Object>, Marker> byMember = new LinkedHashMap<>();
        markers.forEach(marker -> byMember.merge(List.of(marker.room(), marker.user()), marker, Marker::and));
        List<Marker> ordered = byMember.values().stream().sorted(BY_MEMBER).toList();
        for (int from = 0; from < ordered.size(); from += MARKERS_AT_ONCE) {
            List<Marker> part = ordered.subList(from, Math.min(ordered.size(), from + MARKERS_AT_ONCE));
            connections.ask("store receipts", handle -> {
                markerWriter.write(handle, part);
                return part;
            });
        }
    }

    @Override
    public Map<RoomId, Reach> reach(Set<RoomId> rooms) {
        return rooms.isEmpty()
                ? Map.of()
                : connections.ask("read receipts", handle -> ReachReader.read(handle, connections.database(), rooms));
    }

    @Override
    public Unread unread(UserId user, Collection<RoomId> also, int limit) {
        return connections.ask(
                "count what user " + user + " has not read",
                handle -> UnreadReader.read(handle, connections.database(), user, also, limit));
    }

    /** As {@link MessageStore#deleteBefore}, in many short transactions; after a failure a further call goes on. */
    @Override
    public long deleteBefore(Instant moment) {
        return new Retention(connections, moment).run();
    }

    /** As {@link MessageStore#erase}, in many short transactions; after a failure a further call goes on. */
    @Override
    public long erase(UserId user) {
        return new Erasure(connections, user).run();
    }

    private static Appended refused(Draft draft) {
        return new Appended.Failed(new StoreException(
                "message " + draft.id() + " cannot be stored: its text has a character the database cannot keep"));
    }
}
