package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.UserId;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.VisitDirectoryContract;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresVisitDirectoryTest extends VisitDirectoryContract {

    private static HikariDataSource source;
    private static JdbcVisitDirectory visits;

    @BeforeAll
    static void open() {
        source = Databases.postgres();
        JdbcStorage storage = JdbcStorage.on(source);
        storage.migrate();
        visits = storage.visits();
    }

    @AfterAll
    static void close() {
        source.close();
    }

    @Override
    protected VisitDirectory directory() {
        return visits;
    }

    @Override
    protected void enter(Visit visit) {
        visits.put(visit);
    }

    @Test
    void itTellsWhetherAVisitWasReplaced() {
        Visit visit = new Visit(Drafts.freshVisit(), new UserId("ana"), new UserId("doc"), Drafts.NOON);
        assertThat(visits.put(visit)).isFalse();
        assertThat(visits.put(visit)).isTrue();
        assertThat(new JdbcVisitDirectory(source).find(visit.id())).contains(visit);
    }

    @Test
    void ofManyWhoEnterOneVisitOneIsFirst() throws Exception {
        for (int round = 0; round < 20; round++) {
            Visit visit = new Visit(Drafts.freshVisit(), new UserId("ana"), new UserId("doc"), Drafts.NOON);
            List<Boolean> replaced = Races.together(4, racer -> visits.put(visit));
            assertThat(replaced).containsExactlyInAnyOrder(false, true, true, true);
        }
    }
}
