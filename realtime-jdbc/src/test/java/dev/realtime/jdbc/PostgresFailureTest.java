package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.jdbc.FaultySource.Fault;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.Drafts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresFailureTest {
    private static final HikariDataSource SOURCE = Databases.postgres();
    private static final UserId BEN = new UserId("ben");

    private final FaultySource faulty = new FaultySource(SOURCE);
    private final MessageStore store = new JdbcMessageStore(faulty.dataSource());
    private final RoomId room = Drafts.freshRoom();

    @BeforeAll
    static void open() throws SQLException {
        JdbcStorage.on(SOURCE).migrate();
        execute("ALTER TABLE realtime_message ADD CHECK (body <> 'refused')");
    }

    @AfterAll
    static void close() {
        SOURCE.close();
    }

    @Test
    void aTextTheDatabaseCannotKeepCostsItsOwnDraft() {
        List<Appended> answers = store.append(List.of(say("1"), say("a\0b"), say("2"), say("half \uD83D"), say("3")));
        assertThat(answers.get(1)).isInstanceOf(Appended.Failed.class);
        assertThat(answers.get(3)).isInstanceOf(Appended.Failed.class);
        assertThat(texts()).containsExactly("1", "2", "3");
    }

    @Test
    void aRowTheDatabaseRefusesCostsItsOwnDraft() {
        List<Appended> answers =
                store.append(List.of(say("1"), say("2"), say("refused"), say("3"), say("4"), say("refused"), say("5")));
        assertThat(answers)
                .extracting(Appended.Failed.class::isInstance)
                .containsExactly(false, false, true, false, false, true, false);
        assertThat(texts()).containsExactly("1", "2", "3", "4", "5");
        assertThat(store.lastSeq(room)).isEqualTo(5);
    }

    @Test
    void aRefusedTextIsNotInTheException() {
        StoreException cause = cause(
                store.append(List.of(Drafts.in(room).with(List.of("secret")).saying("refused")))
                        .get(0));
        assertThat(cause).hasMessageContaining("23514").hasNoCause();
        assertThat(cause.getMessage()).doesNotContain("secret");
    }

    @Test
    void aBatchRefusedForADeadlockIsRunAgain() {
        faulty.next(Fault.DEADLOCK, Fault.DEADLOCK);
        assertThat(store.append(List.of(say("1"), say("2")))).allMatch(Appended.Stored.class::isInstance);
        assertThat(texts()).containsExactly("1", "2");
        assertThat(faulty.isUsedUp()).isTrue();
    }

    @Test
    void aBatchThatIsRefusedForEverIsReportedFailed() {
        faulty.next(Collections.nCopies(8, Fault.DEADLOCK).toArray(Fault[]::new));
        assertThat(store.append(List.of(say("1"), say("2")))).allMatch(Appended.Failed.class::isInstance);
        assertThat(texts()).isEmpty();
    }

    @Test
    void whatWasStoredBeforeTheConnectionBrokeIsNotStoredTwice() {
        List<Draft> drafts =
                List.of(say("1"), Drafts.in(room).clientMessageId("c-1").saying("2"));
        faulty.next(Fault.BREAKS_AFTER);
        List<Appended> answers = store.append(drafts);
        assertThat(answers)
                .extracting(answer -> ((Appended.Stored) answer).isNew())
                .containsExactly(true, true);
        assertThat(answers)
                .extracting(answer -> ((Appended.Stored) answer).message().id())
                .containsExactly(drafts.get(0).id(), drafts.get(1).id());
        assertThat(texts()).containsExactly("1", "2");
    }

    @Test
    void whatWasNotStoredWhenTheConnectionBrokeIsStoredThen() {
        faulty.next(Fault.BREAKS_BEFORE);
        assertThat(store.append(List.of(say("1"), say("2"))))
                .extracting(answer -> ((Appended.Stored) answer).isNew())
                .containsExactly(true, true);
        assertThat(texts()).containsExactly("1", "2");
    }

    @Test
    void aSecondBreakIsSettledByLookingAgain() {
        faulty.next(Fault.BREAKS_BEFORE, Fault.BREAKS_AFTER);
        assertThat(store.append(List.of(say("1")))).allMatch(Appended.Stored.class::isInstance);
        assertThat(texts()).containsExactly("1");
    }

    @Test
    void withoutAConnectionToLookTheOutcomeIsReportedUnknown() {
        faulty.next(Fault.BREAKS_AFTER, Fault.NO_CONNECTION);
        assertThat(cause(store.append(List.of(say("1"))).get(0))).hasMessageContaining("outcome is unknown");
    }

    @Test
    void aRetryAfterAnUnknownOutcomeFindsTheMessage() {
        Draft draft = Drafts.in(room).clientMessageId("c-1").saying("1");
        faulty.next(Fault.BREAKS_AFTER, Fault.NO_CONNECTION);
        store.append(List.of(draft));
        assertThat(store.append(List.of(Drafts.in(room).clientMessageId("c-1").saying("1"))))
                .singleElement()
                .isEqualTo(new Appended.Stored(Message.of(draft, 1, Drafts.NOON), false));
    }

    @Test
    void withoutAConnectionNothingIsStored() {
        faulty.next(Fault.NO_CONNECTION);
        assertThat(store.append(List.of(say("1"), say("2")))).allMatch(Appended.Failed.class::isInstance);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aServerThatEndsTheConnectionCostsNothing() throws SQLException {
        store.append(List.of(say("1")));
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND datname = current_database()");
        assertThat(store.append(List.of(say("2")))).allMatch(Appended.Stored.class::isInstance);
        assertThat(texts()).containsExactly("1", "2");
    }

    @Test
    void anExhaustedPoolFailsAndDoesNotHang() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SOURCE.getJdbcUrl());
        config.setUsername("postgres");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource small = new HikariDataSource(config)) {
            MessageStore onSmall = new JdbcMessageStore(small);
            try (Connection taken = small.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                assertThat(onSmall.append(List.of(say("1")))).allMatch(Appended.Failed.class::isInstance);
                assertThatThrownBy(() -> onSmall.lastSeq(room)).isInstanceOf(StoreException.class);
                assertThatThrownBy(() -> onSmall.mark(List.of(Marker.read(room, BEN, 1))))
                        .isInstanceOf(StoreException.class);
                assertThatThrownBy(() -> onSmall.unread(BEN, List.of(), 10)).isInstanceOf(StoreException.class);
            }
            assertThat(onSmall.append(List.of(say("2")))).allMatch(Appended.Stored.class::isInstance);
        }
        assertThat(texts()).containsExactly("2");
    }

    @Test
    void markersThatLoseARaceAreMovedAgain() {
        store.append(List.of(say("1")));
        faulty.next(Fault.DEADLOCK, Fault.DEADLOCK);
        store.mark(List.of(Marker.read(room, BEN, 1)));
        assertThat(faulty.isUsedUp()).isTrue();
        assertThat(store.unread(BEN, List.of(room), 10).rooms().get(0).lastReadSeq())
                .isEqualTo(1);
        faulty.next(Collections.nCopies(8, Fault.DEADLOCK).toArray(Fault[]::new));
        assertThatThrownBy(() -> store.mark(List.of(Marker.read(room, BEN, 2)))).isInstanceOf(StoreException.class);
    }

    @Test
    void aStatementThatTakesTooLongFailsAndStoresNothing() throws SQLException {
        JdbcMessageStore hasty = new JdbcMessageStore(Connections.to(SOURCE, Duration.ofSeconds(1)), FieldCipher.OFF);
        hasty.append(List.of(say("1")));
        hasty.mark(List.of(Marker.read(room, BEN, 1)));
        try (Connection holder = SOURCE.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 1 FROM realtime_room WHERE room_id = '" + room + "' FOR UPDATE");
            statement.execute("SELECT 1 FROM realtime_member WHERE room_id = '" + room + "' FOR UPDATE");
            assertThat(hasty.append(List.of(say("2")))).allMatch(Appended.Failed.class::isInstance);
            assertThatThrownBy(() -> hasty.mark(List.of(Marker.read(room, BEN, 2))))
                    .isInstanceOf(StoreException.class);
            holder.rollback();
        }
        assertThat(texts()).containsExactly("1");
        assertThat(hasty.append(List.of(say("3")))).allMatch(Appended.Stored.class::isInstance);
        assertThat(texts()).containsExactly("1", "3");
    }

    private Draft say(String text) {
        return Drafts.in(room).saying(text);
    }

    private List<String> texts() {
        HistoryQuery query = new HistoryQuery(new HistoryQuery.OfRoom(room), new HistoryQuery.Newest(), 50, 1 << 20);
        return new JdbcMessageStore(SOURCE)
                .history(query).messages().stream().map(Message::text).toList();
    }

    private static StoreException cause(Appended answer) {
        return ((Appended.Failed) answer).cause();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = SOURCE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
