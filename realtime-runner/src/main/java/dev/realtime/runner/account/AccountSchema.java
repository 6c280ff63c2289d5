package dev.realtime.runner.account;

import dev.realtime.error.StoreException;
import dev.realtime.runner.settings.DatabaseSettings.Product;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the runner itself. They have a history of their own, beside that of the message tables. */
public final class AccountSchema {
    private AccountSchema() {}

    /** Brings the tables up to date; several nodes may do so at once. */
    public static void migrate(DataSource database, Product product) {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/runner/" + product.folder())
                    .table("runner_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new StoreException("could not prepare the tables of users", failure);
        }
    }
}
