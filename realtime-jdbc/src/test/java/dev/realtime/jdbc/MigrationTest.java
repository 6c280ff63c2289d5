package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Unread;
import dev.realtime.testkit.Drafts;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier release has stored is as good as new after the tables were brought up to date. */
class MigrationTest {
    private static final RoomId CHAT = new RoomId("chat:ana:ben");
    private static final RoomId OTHER = new RoomId("other");
    private static final UserId ANA = new UserId("ana");
    private static final UserId BEN = new UserId("ben");
    private static final List<String> TEXTS = List.of("first", "ENC:v1:looks like one", "RAW: too", "last");

    @Test
    void messagesOfTheFirstTablesAreCountedAndReadOnPostgresql() {
        try (HikariDataSource source = Databases.postgres()) {
            check(source, Database.POSTGRESQL);
        }
    }

    @Test
    void messagesOfTheFirstTablesAreCountedAndReadOnH2(@TempDir Path folder) {
        try (HikariDataSource source = Databases.h2(folder)) {
            check(source, Database.H2);
        }
    }

    private static void check(HikariDataSource source, Database database) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + database.schemaFolder())
                .table("realtime_schema_history")
                .target("1")
                .load()
                .migrate();
        Jdbi jdbi = Jdbi.create(source);
        for (int i = 0; i < TEXTS.size(); i++) {
            insert(jdbi, CHAT, i + 1, i == 2 ? BEN : ANA, TEXTS.get(i));
        }
        insert(jdbi, OTHER, 1, BEN, "elsewhere");
        jdbi.useHandle(handle -> {
            handle.execute("INSERT INTO realtime_room VALUES (?, 4, 4)", CHAT.value());
            handle.execute("INSERT INTO realtime_room VALUES (?, 1, 1)", OTHER.value());
        });
        JdbcStorage storage = JdbcStorage.on(source);
        storage.migrate();
        assertWhole(storage.messages());
    }

    private static void insert(Jdbi jdbi, RoomId room, int seq, UserId sender, String text) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO realtime_message (room_id, seq, id, sent_at, sender_id, body, metadata)"
                        + " VALUES (?, ?, ?, ?, ?, ?, '{}')",
                room.value(),
                seq,
                UUID.randomUUID(),
                seq,
                sender.value(),
                text));
    }

    private static void assertWhole(MessageStore store) {
        HistoryQuery query = new HistoryQuery(new HistoryQuery.OfRoom(CHAT), new HistoryQuery.Newest(), 50, 1 << 20);
        assertThat(store.history(query).messages()).extracting(Message::text).isEqualTo(TEXTS);
        assertThat(store.unread(ANA, List.of(), 10).rooms()).containsExactly(new Unread.OfRoom(CHAT, 1, 4, 0));
        assertThat(store.unread(BEN, List.of(), 10).rooms())
                .containsExactly(new Unread.OfRoom(CHAT, 3, 4, 0), new Unread.OfRoom(OTHER, 0, 1, 0));
        store.append(List.of(Drafts.in(CHAT).from("ana").saying("new")));
        store.mark(List.of(Marker.read(CHAT, BEN, 2)));
        assertThat(store.unread(BEN, List.of(), 1).rooms()).containsExactly(new Unread.OfRoom(CHAT, 2, 5, 2));
        assertThat(store.unread(ANA, List.of(), 1).rooms()).containsExactly(new Unread.OfRoom(CHAT, 1, 5, 0));
        assertThat(store.deleteBefore(Drafts.NOON)).isEqualTo(5);
        assertThat(store.unread(BEN, List.of(), 10).rooms()).containsExactly(new Unread.OfRoom(CHAT, 1, 5, 2));
    }
}
