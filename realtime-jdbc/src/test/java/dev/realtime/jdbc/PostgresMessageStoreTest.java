package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.MessageStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresMessageStoreTest extends MessageStoreContract {

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
    public MessageStore store() {
        return storage.messages();
    }

    @Override
    public Optional<MessageStore> another() {
        return Optional.of(new JdbcMessageStore(source));
    }
}
