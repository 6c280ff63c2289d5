package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.MessageStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EncryptedMessageStoreTest extends MessageStoreContract {

    @TempDir
    static Path folder;

    private static HikariDataSource source;
    private static JdbcStorage storage;

    @BeforeAll
    static void open() {
        source = Databases.h2(folder);
        storage = JdbcStorage.on(source).encrypting("key");
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
        return Optional.of(JdbcStorage.on(source).encrypting("key").messages());
    }
}
