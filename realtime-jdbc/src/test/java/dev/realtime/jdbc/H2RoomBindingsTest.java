package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.room.RoomBindings;
import dev.realtime.testkit.RoomBindingsContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2RoomBindingsTest extends RoomBindingsContract {

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
    protected RoomBindings bindings() {
        return storage.roomBindings();
    }

    @Override
    protected Optional<RoomBindings> another() {
        return Optional.of(new JdbcRoomBindings(source));
    }
}
