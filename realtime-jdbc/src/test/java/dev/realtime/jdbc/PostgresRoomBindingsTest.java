package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.room.RoomBindings;
import dev.realtime.testkit.RoomBindingsContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresRoomBindingsTest extends RoomBindingsContract {

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
    protected RoomBindings bindings() {
        return storage.roomBindings();
    }

    @Override
    protected Optional<RoomBindings> another() {
        return Optional.of(new JdbcRoomBindings(source));
    }
}
