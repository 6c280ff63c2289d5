package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What H2 has committed is in its file for good. H2 2.5.252 goes back to an older state when it is opened after a crash,
 * once it has begun to use the space of old data again, which it does after 45 seconds unless told otherwise.
 */
class H2CrashTest {
    private static final int CRASHES = 60;
    private static final int ROWS = 15;

    @TempDir
    private Path folder;

    @Test
    void whatIsCommittedOutlivesACrashAlsoWhereSpaceIsUsedAgain() throws Exception {
        for (int crash = 0; crash < CRASHES; crash++) {
            try (Connection connection = open("life-" + crash);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS kept (id bigint PRIMARY KEY, text varchar)");
                int before = count(statement);
                assertThat(before).as("after crash " + crash).isEqualTo(crash * ROWS);
                for (int i = 0; i < ROWS; i++) {
                    statement.execute("INSERT INTO kept VALUES (" + (before + i) + ", '" + "x".repeat(200) + "')");
                }
                crash("life-" + crash, "life-" + (crash + 1));
            }
        }
    }

    private Connection open(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve(name) + ";WRITE_DELAY=0;RETENTION_TIME=0", "sa", "");
    }

    /** The next life finds the file as it is in this moment: of a process that is killed just as much is left. */
    private void crash(String life, String next) throws IOException {
        Files.copy(folder.resolve(life + ".mv.db"), folder.resolve(next + ".mv.db"));
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM kept")) {
            result.next();
            return result.getInt(1);
        }
    }
}
