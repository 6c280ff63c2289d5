package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Unread;
import dev.realtime.testkit.Drafts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the store reads of a hundred thousand messages and a thousand members of one room (of a million with
 * {@code -Drealtime.largeRoom=1000000}, within the same bounds), by PostgreSQL's own count of rows and
 * entries of indexes; one connection, as a session counts for itself. The tests that delete take away a few thousand.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LargeRoomTest {
    private static final long MESSAGES = Long.getLong("realtime.largeRoom", 100_000);
    private static final int SENDERS = 10;
    private static final RoomId ROOM = new RoomId("room");
    private static final UserId SENDER = new UserId("user-3");
    private static final UserId SILENT = new UserId("reader-7");
    private static final long FIRST = Drafts.NOON.toEpochMilli();

    private static HikariDataSource source;
    private static Jdbi jdbi;
    private static MessageStore store;

    @BeforeAll
    static void fill() {
        source = Databases.postgres();
        JdbcStorage storage = JdbcStorage.on(source);
        storage.migrate();
        source.getHikariConfigMXBean().setMaximumPoolSize(1);
        source.getHikariPoolMXBean().softEvictConnections();
        jdbi = Jdbi.create(source);
        store = storage.messages();
        jdbi.useHandle(LargeRoomTest::fill);
    }

    private static void fill(Handle handle) {
        handle.execute(
                "INSERT INTO realtime_room (room_id, last_seq, last_sent_at, oldest_at) VALUES (?, ?, ?, ?)",
                ROOM.value(),
                MESSAGES,
                FIRST + MESSAGES,
                FIRST + 1);
        handle.execute(
                "INSERT INTO realtime_message (room_id, seq, id, sent_at, sender_id, visit_id,"
                        + " client_message_id, body, metadata, sender_seq)"
                        + " SELECT ?, i, lpad(to_hex(i), 32, '0')::uuid, ? + i, 'user-' || i % ?,"
                        + " CASE WHEN i % 10 = 0 THEN 'visit' END, 'c-' || i, 'text', '{}', (i - 1) / ? + 1"
                        + " FROM generate_series(1, ?) i",
                ROOM.value(), FIRST, SENDERS, SENDERS, MESSAGES);
        handle.execute(
                "INSERT INTO realtime_room (room_id, last_seq, last_sent_at, oldest_at)"
                        + " SELECT 'other-' || i, 1, ?, ? FROM generate_series(1, 2000) i",
                FIRST + 1,
                FIRST + 2 * MESSAGES);
        handle.execute(
                "INSERT INTO realtime_member SELECT ?, 'reader-' || i, i * 3, i * 2, true"
                        + " FROM generate_series(1, 1000) i",
                ROOM.value());
        handle.execute("INSERT INTO realtime_member SELECT 'other-' || i, 'reader-' || i % 100, 1, 1, true"
                + " FROM generate_series(1, 2000) i");
        handle.execute("VACUUM ANALYZE realtime_message");
        handle.execute("ANALYZE");
    }

    @AfterAll
    static void close() {
        source.close();
    }

    @Test
    void aPageReadsAboutWhatItShows() {
        HistoryQuery.Source room = new HistoryQuery.OfRoom(ROOM);
        HistoryQuery.Source visit = new HistoryQuery.OfVisit(new VisitId("visit"));
        Instant middle = Instant.ofEpochMilli(FIRST + MESSAGES / 2);
        Stream.of(
                        query(room, new HistoryQuery.Newest()),
                        query(room, new HistoryQuery.Before(middle)),
                        query(room, new HistoryQuery.BeforeSeq(MESSAGES / 2)),
                        query(room, new HistoryQuery.AfterSeq(MESSAGES / 2)),
                        query(visit, new HistoryQuery.Newest()),
                        query(visit, new HistoryQuery.Before(middle)))
                .forEach(query -> {
                    assertReads(
                            300,
                            () -> assertThat(store.history(query).messages()).hasSize(50));
                });
    }

    @Test
    void messagesAreFoundByTheirIdsAndNumbers() {
        Set<UUID> ids = Set.of(new UUID(0, 5), new UUID(0, MESSAGES / 2), new UUID(0, MESSAGES + 1));
        assertReads(20, () -> assertThat(store.locate(ids)).hasSize(2));
        assertReads(4, () -> assertThat(store.lastSeq(ROOM)).isGreaterThanOrEqualTo(MESSAGES));
    }

    @Test
    void markersMoveOneByOneAndStandStillForNothing() {
        List<Marker> markers = IntStream.rangeClosed(500, 549)
                .mapToObj(i -> Marker.read(ROOM, new UserId("reader-" + i), 5000))
                .toList();
        assertReads(1000, () -> store.mark(markers));
        assertReads(200, () -> store.mark(markers));
        assertThat(written(() -> store.mark(markers))).isZero();
    }

    @Test
    void reachLooksAtTheFurthestTwoOfEachKind() {
        assertReads(10, () -> assertThat(store.reach(Set.of(ROOM))).hasSize(1));
    }

    @Test
    void unreadIsNotCountedMessageByMessage() {
        assertReads(40, () -> assertThat(unread(new UserId("nobody"))).isGreaterThanOrEqualTo(MESSAGES));
        assertReads(40, () -> assertThat(unread(SENDER)).isGreaterThanOrEqualTo(MESSAGES * 9L / 10));
        // Twenty rooms more, in which there is nothing new.
        assertReads(400, () -> assertThat(unread(SILENT)).isGreaterThanOrEqualTo(MESSAGES * 9L / 10));
    }

    @Test
    void aMessageIsStoredAndItsRetryFoundAtAnySize() {
        assertReads(
                60, () -> store.append(List.of(Drafts.in(ROOM).from("user-3").saying("new"))));
        assertReads(
                60, () -> store.append(List.of(Drafts.in(ROOM).from("newcomer").saying("new"))));
        assertReads(
                60,
                () -> assertThat(store.append(List.of(Drafts.in(ROOM)
                                .from("user-5")
                                .clientMessageId("c-5")
                                .saying("again"))))
                        .allMatch(answer -> answer instanceof Appended.Stored stored && !stored.isNew()));
    }

    @Test
    void whatIsOldIsFoundWithoutLookingAtTheRest() {
        assertReads(
                40_000,
                () -> assertThat(store.deleteBefore(Instant.ofEpochMilli(FIRST + 5001)))
                        .isEqualTo(5000));
        assertReads(
                10,
                () -> assertThat(store.deleteBefore(Instant.ofEpochMilli(FIRST + 5001)))
                        .isZero());
    }

    @Test
    void whoIsErasedIsFoundWithoutLookingAtTheOthers() {
        store.append(IntStream.range(0, 2500)
                .mapToObj(i -> Drafts.in(ROOM).from("leaver").saying("m" + i))
                .toList());
        assertReads(30_000, () -> assertThat(store.erase(new UserId("leaver"))).isEqualTo(2500));
        // What is erased leaves places, of which those near a marker are looked at.
        store.mark(List.of(Marker.read(ROOM, SILENT, store.lastSeq(ROOM) - 1500)));
        assertReads(5000, () -> assertThat(unread(SILENT)).isZero());
    }

    /** Says how long pages and counts take, where the room was asked to be large; time is for people to judge. */
    @Test
    @EnabledIfSystemProperty(named = "realtime.largeRoom", matches = ".+")
    void theMediansAreReported() {
        HistoryQuery.Source room = new HistoryQuery.OfRoom(ROOM);
        report("newest page of 50", () -> store.history(query(room, new HistoryQuery.Newest())));
        report("page of 50 in the middle", () -> store.history(query(room, new HistoryQuery.BeforeSeq(MESSAGES / 2))));
        report("unread", () -> assertThat(unread(SILENT)).isPositive());
        report("unread of a sender", () -> assertThat(unread(SENDER)).isPositive());
        report("one marker", () -> store.mark(List.of(Marker.delivered(ROOM, SENDER, 1))));
    }

    private static void report(String what, Runnable work) {
        long[] nanos = LongStream.range(0, 500)
                .map(run -> {
                    long before = System.nanoTime();
                    work.run();
                    return System.nanoTime() - before;
                })
                .skip(100)
                .sorted()
                .toArray();
        assertThat(nanos).hasSize(400);
        System.out.printf("%s, of %,d messages: median %.2f ms%n", what, MESSAGES, nanos[200] / 1e6);
    }

    private static HistoryQuery query(HistoryQuery.Source source, HistoryQuery.Cursor cursor) {
        return new HistoryQuery(source, cursor, 50, 1 << 20);
    }

    private static long unread(UserId user) {
        Unread unread = store.unread(user, List.of(ROOM), 500);
        return unread.total();
    }

    /** The work reads no more than this of tables and indexes together, and no message but along an index. */
    private static void assertReads(long most, Runnable work) {
        long scanned = count("SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = 'realtime_message'");
        long before = count(READ);
        work.run();
        assertThat(count(READ) - before).isLessThanOrEqualTo(most);
        assertThat(count("SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = 'realtime_message'"))
                .isEqualTo(scanned);
    }

    private static long written(Runnable work) {
        long before = count(WRITTEN);
        work.run();
        return count(WRITTEN) - before;
    }

    private static final String READ = "SELECT (SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables"
            + " WHERE relname LIKE 'realtime\\_%' AND relname <> 'realtime_schema_history')"
            + " + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)";
    private static final String WRITTEN =
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname LIKE 'realtime\\_%'";

    private static long count(String sql) {
        return jdbi.withHandle(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()");
            handle.execute("SELECT pg_stat_clear_snapshot()");
            return handle.createQuery(sql).mapTo(Long.class).one();
        });
    }
}
