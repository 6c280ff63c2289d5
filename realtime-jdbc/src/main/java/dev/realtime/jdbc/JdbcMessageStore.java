package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.MessageStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
    private final Connections connections;
    private final DraftWriter writer;

    /**
     * Messages in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcMessageStore(DataSource source) {
        this(Connections.to(source));
    }

    JdbcMessageStore(Connections connections) {
        this.connections = connections;
        this.writer = new DraftWriter(connections);
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        BitSet refused = new BitSet();
        List<Draft> storable = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            if (Texts.areStorable(drafts.get(i), connections.database())) {
                storable.add(drafts.get(i));
            } else {
                refused.set(i);
            }
        }
        Batch batch = Batch.of(storable);
        List<Appended> answers = new ArrayList<>(batch.spread(writer.write(batch.distinct())));
        refused.stream().forEach(i -> answers.add(i, refused(drafts.get(i))));
        return List.copyOf(answers);
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return connections.ask("read messages", handle -> HistoryReader.read(handle, query));
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

    private static Appended refused(Draft draft) {
        return new Appended.Failed(new StoreException(
                "message " + draft.id() + " cannot be stored: its text has a character the database cannot keep"));
    }
}
