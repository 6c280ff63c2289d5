package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only one to know Flyway, which need not be on the class path. */
final class Migration {
    private static final String HISTORY = "realtime_schema_history";
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NANOS = 100_000_000;

    private Migration() {}

    /** Another node may be at it in this moment: Flyway finds the history made and not yet begun, and gives up. */
    static void run(DataSource source, Database database) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                attempt(source, database);
                return;
            } catch (FlywayException failed) {
                if (left == 0 || !isBegunElsewhere(failed)) {
                    throw new StoreException("the tables of Realtime cannot be brought up to date", failed);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isBegunElsewhere(FlywayException failed) {
        String message = failed.getMessage();
        return message != null && message.contains("Unable to baseline");
    }

    private static void attempt(DataSource source, Database database) {

        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + database.schemaFolder())
                .table(HISTORY)
                // The schema may hold the host's own tables, and a history of its own.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
