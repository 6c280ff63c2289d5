package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.notification.NotificationStore;
import dev.realtime.testkit.NotificationStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2NotificationStoreTest extends NotificationStoreContract {

    @TempDir
    static Path folder;

    private static HikariDataSource source;
    private static JdbcStorage storage;

    @BeforeAll
    static void open() {
        source = Databases.h2(folder);
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
