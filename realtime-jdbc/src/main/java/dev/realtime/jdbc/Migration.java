package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only one to know Flyway, which need not be on the class path. */
final class Migration {
    private static final String HISTORY = "realtime_schema_history";

    private Migration() {}

    static void run(DataSource source, Database database) {
        try {
            Flyway.configure(Migration.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:" + database.schemaFolder())
                    .table(HISTORY)
                    // The schema may hold the host's own tables, and a history of its own.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException("the tables of Realtime cannot be brought up to date", failed);
        }
    }
}
