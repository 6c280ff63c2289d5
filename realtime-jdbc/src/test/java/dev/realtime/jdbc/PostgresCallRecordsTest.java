package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.call.CallRecords;
import dev.realtime.testkit.CallRecordsContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCallRecordsTest extends CallRecordsContract {

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
    protected CallRecords records() {
        return storage.callRecords();
    }

    @Override
    protected Optional<CallRecords> another() {
        return Optional.of(new JdbcCallRecords(source));
    }
}
