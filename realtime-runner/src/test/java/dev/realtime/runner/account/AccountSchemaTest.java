package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.StoreException;
import dev.realtime.runner.settings.DatabaseSettings;
import dev.realtime.runner.settings.DatabaseSettings.Product;
import dev.realtime.runner.settings.RunnerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountSchemaTest {
    @TempDir
    private Path directory;

    @Test
    void theDefaultDatabaseKeepsUsersBesideOtherTables() throws Exception {
        RunnerSettings settings = RunnerSettings.read(Map.of("DATA_DIR", directory.toString()));
        DatabaseSettings.Jdbc place = (DatabaseSettings.Jdbc) settings.database();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(place.url());
        database.setUser(place.user().orElseThrow());
        database.setPassword(place.password().orElseThrow());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE messages (id INT)");
        }
        AccountSchema.migrate(database, place.product());
        Account ana = Account.create("ana@example.com", "patient", "hash", Instant.EPOCH);
        new JdbcAccountStore(database).insert(ana);
        AccountSchema.migrate(database, place.product());
        assertThat(new JdbcAccountStore(database).find(ana.id())).contains(ana);
        assertThat(directory.resolve("realtime.mv.db")).exists();
    }

    @Test
    void aDatabaseThatIsAwayIsAStoreFailure() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:missing;IFEXISTS=TRUE");
        assertThatThrownBy(() -> AccountSchema.migrate(database, Product.H2)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> new JdbcAccountStore(database).findByEmail("a@b"))
                .isInstanceOf(StoreException.class)
                .hasMessage("could not find an account");
        Account ana = Account.create("ana@example.com", "patient", "hash", Instant.EPOCH);
        assertThatThrownBy(() -> new JdbcAccountStore(database).insert(ana)).isInstanceOf(StoreException.class);
    }
}
