package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.Drafts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page reads about as many rows as it shows, however many the room has. */
class HistoryPlanTest {
    private static final RoomId ROOM = new RoomId("room");
    private static final VisitId VISIT = new VisitId("visit");

    @TempDir
    Path folder;

    @Test
    void h2ReadsEachSliceAlongAnIndex() {
        try (HikariDataSource source = Databases.h2(folder)) {
            fill(source);
            assertThat(slices().map(slice -> plan(source, slice, "EXPLAIN ")))
                    .allMatch(plan -> plan.contains("/* index sorted */"));
        }
    }

    @Test
    void postgresReadsEachSliceAlongAnIndex() {
        try (HikariDataSource source = Databases.postgres()) {
            fill(source);
            Jdbi.create(source).useHandle(handle -> handle.execute("ANALYZE"));
            assertThat(slices().map(slice -> plan(source, slice, "EXPLAIN ")))
                    .allMatch(plan -> plan.contains("Index Scan") && !plan.contains("Sort"));
        }
    }

    private static Stream<Slice> slices() {
        Message last = Message.of(Drafts.in(ROOM).of(VISIT).saying("m"), 2000, Drafts.NOON.plusMillis(2000));
        HistoryQuery.Source room = new HistoryQuery.OfRoom(ROOM);
        HistoryQuery.Source visit = new HistoryQuery.OfVisit(VISIT);
        HistoryQuery.Cursor newest = new HistoryQuery.Newest();
        HistoryQuery.Cursor before = new HistoryQuery.Before(last.timestamp());
        return Stream.of(
                Slice.first(query(room, newest)),
                Slice.first(query(room, before)),
                Slice.first(query(room, new HistoryQuery.BeforeSeq(2000))),
                Slice.first(query(room, new HistoryQuery.AfterSeq(2000))),
                Slice.first(query(visit, newest)),
                Slice.first(query(visit, before)),
                Slice.after(last, query(room, before)),
                Slice.after(last, query(visit, before)));
    }

    private static HistoryQuery query(HistoryQuery.Source source, HistoryQuery.Cursor cursor) {
        return new HistoryQuery(source, cursor, 50, 1000);
    }

    private static String plan(DataSource source, Slice slice, String explain) {
        String sql = explain + HistoryReader.sql(slice);
        return Jdbi.create(source)
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery(sql)
                                .bindMap(slice.bindings())
                                .bind("count", 51)
                                .mapTo(String.class)
                                .list()));
    }

    private static void fill(DataSource source) {
        JdbcStorage storage = JdbcStorage.on(source);
        storage.migrate();
        MessageStore store = storage.messages();
        for (RoomId room : List.of(ROOM, Drafts.freshRoom())) {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 1; i <= 4000; i++) {
                Drafts draft = Drafts.in(room).at(Drafts.NOON.plusMillis(i));
                drafts.add((i % 2 == 0 ? draft.of(VISIT) : draft).saying("m"));
            }
            store.append(drafts);
        }
    }
}
