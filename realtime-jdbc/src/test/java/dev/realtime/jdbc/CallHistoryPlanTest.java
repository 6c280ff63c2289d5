package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.UserId;
import dev.realtime.call.CallRecords;
import dev.realtime.testkit.Calls;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of calls reads about as many rows as it shows, however many calls the user has had. */
class CallHistoryPlanTest {
    private static final UserId ANA = new UserId("ana");

    @TempDir
    Path folder;

    @Test
    void h2ReadsCallsAlongTheirIndexes() {
        try (HikariDataSource source = Databases.h2(folder)) {
            fill(source);
            assertThat(plan(source))
                    .contains("REALTIME_CALL_BY_CALLER", "REALTIME_CALL_BY_CALLEE")
                    .doesNotContain("tableScan");
        }
    }

    @Test
    void postgresReadsCallsAlongTheirIndexes() {
        try (HikariDataSource source = Databases.postgres()) {
            fill(source);
            Jdbi.create(source).useHandle(handle -> handle.execute("ANALYZE"));
            assertThat(plan(source))
                    .contains("realtime_call_by_caller", "realtime_call_by_callee")
                    .doesNotContain("Seq Scan", "Bitmap");
        }
    }

    private static String plan(DataSource source) {
        return Jdbi.create(source)
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery("EXPLAIN " + JdbcCallRecords.OF_USER)
                                .bind("user", ANA.value())
                                .bind("before", Calls.NOON.plusSeconds(1).toEpochMilli())
                                .bind("count", 51)
                                .mapTo(String.class)
                                .list()));
    }

    private static void fill(DataSource source) {
        JdbcStorage storage = JdbcStorage.on(source);
        storage.migrate();
        CallRecords records = storage.callRecords();
        for (int i = 0; i < 2_000; i++) {
            UserId other = new UserId("u" + i % 50);
            records.save(Calls.missed(i % 2 == 0 ? ANA : other, i % 2 == 0 ? other : ANA, Calls.NOON.plusMillis(i)));
        }
    }
}
