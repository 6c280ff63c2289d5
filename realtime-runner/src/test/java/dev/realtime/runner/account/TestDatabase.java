package dev.realtime.runner.account;

import dev.realtime.runner.settings.DatabaseSettings.Product;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Fresh, prepared databases: H2 in memory, and one PostgreSQL for the whole JVM. */
final class TestDatabase {
    private TestDatabase() {}

    static DataSource h2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        AccountSchema.migrate(database, Product.H2);
        return database;
    }

    static DataSource postgresql() {
        String name = "db_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        DataSource database = Server.RUNNING.getDatabase("postgres", name);
        AccountSchema.migrate(database, Product.POSTGRESQL);
        return database;
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
