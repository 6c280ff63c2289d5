package dev.realtime.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.call.CallRecords;
import dev.realtime.testkit.CallRecordsContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2CallRecordsTest extends CallRecordsContract {

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
    protected CallRecords records() {
        return storage.callRecords();
    }

    @Override
    protected Optional<CallRecords> another() {
        return Optional.of(new JdbcCallRecords(source));
    }
}
