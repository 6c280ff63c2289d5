package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.notification.NotificationStore;
import dev.realtime.testkit.NotificationStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresNotificationStoreTest extends NotificationStoreContract {

    private static HikariDataSource source;
    private static JdbcStorage storage;

    @BeforeAll
    static void open() {
        source = Databases.postgres();
        storage = JdbcStorage.on(source);
        storage.migrate();
    }

    @AfterAll
    static void close() {
        source.close();
    }

    @Override
    public NotificationStore store() {
        return storage.notifications();
    }

    @Override
    public Optional<NotificationStore> another() {
        return Optional.of(new JdbcNotificationStore(source));
    }
}
