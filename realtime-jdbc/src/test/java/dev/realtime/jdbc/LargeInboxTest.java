package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.UserId;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.InboxQuery.Before;
import dev.realtime.notification.InboxQuery.BeforePlace;
import dev.realtime.notification.InboxQuery.Newest;
import dev.realtime.notification.InboxQuery.Shown;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Place;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.Notifications;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the store reads of an inbox of a hundred thousand notifications, all but a hundred of them read (of a million
 * with {@code -Drealtime.largeRoom=1000000}, within the same bounds), beside as many of other users: by PostgreSQL's own
 * count of rows and entries of indexes, and by the plans of H2.
 */
class LargeInboxTest {
    private static final long MANY = Long.getLong("realtime.largeRoom", 100_000);
    private static final UserId ANA = new UserId("ana");
    private static final long FIRST = Drafts.NOON.toEpochMilli();
    private static final String READ = "SELECT (SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables"
            + " WHERE relname LIKE 'realtime\\_%' AND relname <> 'realtime_schema_history')"
            + " + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)";
    /** How many transactions have written what was read. */
    private static final String STEPS = "SELECT count(DISTINCT xmin::text) FROM realtime_inbox_item WHERE unread = 0";

    @TempDir
    Path folder;

    @Test
    void postgresReadsAboutWhatIsAskedFor() {
        try (HikariDataSource source = Databases.postgres()) {
            JdbcStorage storage = JdbcStorage.on(source);
            storage.migrate();
            // One connection, as a session counts for itself.
            source.getHikariConfigMXBean().setMaximumPoolSize(1);
            source.getHikariPoolMXBean().softEvictConnections();
            Jdbi jdbi = Jdbi.create(source);
            jdbi.useHandle(LargeInboxTest::fill);
            NotificationStore store = storage.notifications();
            queries(40)
                    .forEach(query -> assertReads(
                            jdbi,
                            350,
                            () -> assertThat(store.list(ANA, query).notifications())
                                    .hasSize(40)));
            assertReads(jdbi, 4, () -> assertThat(store.unreadCount(ANA)).isEqualTo(100));
            assertReads(
                    jdbi, 10, () -> assertThat(store.find(ANA, id(MANY / 2))).isPresent());
            assertReads(jdbi, 30, () -> store.save(ANA, Notifications.at(Drafts.NOON)));
            assertReads(
                    jdbi,
                    30,
                    () -> assertThat(store.markRead(ANA, id(MANY / 100), Drafts.NOON))
                            .isTrue());
            assertReads(
                    jdbi,
                    2_000,
                    () -> assertThat(store.markAllRead(ANA, Drafts.NOON)).isEqualTo(100));
            assertReads(
                    jdbi,
                    10,
                    () -> assertThat(store.markAllRead(ANA, Drafts.NOON)).isZero());
        }
    }

    @Test
    void aLargeInboxIsMarkedInSteps() {
        try (HikariDataSource source = Databases.postgres()) {
            JdbcStorage storage = JdbcStorage.on(source);
            storage.migrate();
            source.getHikariConfigMXBean().setMaximumPoolSize(1);
            source.getHikariPoolMXBean().softEvictConnections();
            Jdbi jdbi = Jdbi.create(source);
            jdbi.useHandle(handle -> {
                handle.execute("INSERT INTO realtime_inbox VALUES ('ana', 5000, 5000)");
                handle.execute("INSERT INTO realtime_inbox_item"
                        + " SELECT 'ana', 'n-' || i, i, 1 FROM generate_series(1, 5000) i");
            });
            assertThat(storage.notifications().markAllRead(ANA, Drafts.NOON)).isEqualTo(5_000);
            assertThat(count(jdbi, STEPS)).isEqualTo(3);
            assertThat(storage.notifications().unreadCount(ANA)).isZero();
        }
    }

    @Test
    void h2ReadsEachSliceAlongAnIndex() {
        try (HikariDataSource source = Databases.h2(folder)) {
            JdbcStorage storage = JdbcStorage.on(source);
            storage.migrate();
            NotificationStore store = storage.notifications();
            for (int i = 0; i < 2_000; i++) {
                store.save(ANA, Notifications.at(Drafts.NOON.plusMillis(i)));
            }
            store.markAllRead(ANA, Drafts.NOON);
            store.save(ANA, Notifications.at(Drafts.NOON));
            Jdbi jdbi = Jdbi.create(source);
            assertThat(queries(40).map(query -> plan(jdbi, InboxSlice.first(ANA, query))))
                    .allSatisfy(plan -> assertThat(plan).contains("/* index sorted */"));
            assertThat(queries(40)
                            .filter(query -> query.shown() == Shown.UNREAD)
                            .map(query -> plan(jdbi, InboxSlice.first(ANA, query))))
                    .allSatisfy(plan -> assertThat(plan).containsIgnoringCase("realtime_inbox_item_unread"));
        }
    }

    private static Stream<InboxQuery> queries(int limit) {
        Instant middle = Instant.ofEpochMilli(FIRST + MANY / 2);
        Place place = new Place(middle, id(MANY / 2));
        return Stream.of(Shown.values())
                .flatMap(shown -> Stream.of(new Newest(), new Before(middle), new BeforePlace(place))
                        .map(cursor -> new InboxQuery(shown, cursor, limit, 1 << 20)));
    }

    private static NotificationId id(long number) {
        return new NotificationId("n-" + number);
    }

    /** Every thousandth is unread, the others are read; what Ben has is all unread. */
    private static void fill(Handle handle) {
        handle.execute(
                "INSERT INTO realtime_notification (id, sent_at, type, priority, title, message)"
                        + " SELECT 'n-' || i, ? + i, 'type', 'LOW', 'title', 'message' FROM generate_series(1, ?) i",
                FIRST,
                2 * MANY);
        handle.execute(
                "INSERT INTO realtime_inbox_item (user_id, notification_id, sent_at, unread, read_at)"
                        + " SELECT CASE WHEN i <= ? THEN 'ana' ELSE 'ben' END, 'n-' || i, ? + i,"
                        + " CASE WHEN i > ? OR i % (? / 100) = 0 THEN 1 ELSE 0 END, ? FROM generate_series(1, ?) i",
                MANY, FIRST, MANY, MANY, FIRST, 2 * MANY);
        handle.execute("INSERT INTO realtime_inbox VALUES ('ana', ?, 100), ('ben', ?, ?)", MANY, MANY, MANY);
        handle.execute("VACUUM ANALYZE realtime_inbox_item");
        handle.execute("ANALYZE");
    }

    private static String plan(Jdbi jdbi, InboxSlice slice) {
        return jdbi.withHandle(handle -> String.join(
                "\n",
                handle.createQuery("EXPLAIN " + InboxReader.items(slice))
                        .bindMap(slice.bindings())
                        .bind("count", 41)
                        .mapTo(String.class)
                        .list()));
    }

    private static void assertReads(Jdbi jdbi, long most, Runnable work) {
        long before = count(jdbi, READ);
        work.run();
        assertThat(count(jdbi, READ) - before).isLessThanOrEqualTo(most);
    }

    private static long count(Jdbi jdbi, String sql) {
        return jdbi.withHandle(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()");
            handle.execute("SELECT pg_stat_clear_snapshot()");
            return handle.createQuery(sql).mapTo(Long.class).one();
        });
    }
}
