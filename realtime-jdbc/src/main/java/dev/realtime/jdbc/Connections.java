package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/** The way to one database. Safe for many threads; each use takes a connection and gives it back. */
final class Connections {
    private final DataSource source;
    private final Database database;
    private final Jdbi jdbi;

    private Connections(DataSource source, Database database) {
        this.source = source;
        this.database = database;
        this.jdbi = Jdbi.create(() -> committing(source.getConnection()));
        // What is bound are people's messages, and exceptions end up in logs.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** Finds out what the database is, and sees that it writes before it acknowledges. */
    static Connections to(DataSource source) {
        try (Connection connection = source.getConnection()) {
            Database database = Database.of(connection);
            if (database == Database.H2) {
                writeAtOnce(connection);
            }
            return new Connections(source, database);
        } catch (SQLException unreachable) {
            throw new StoreException("the database cannot be reached", unreachable);
        }
    }

    DataSource source() {
        return source;
    }

    Database database() {
        return database;
    }

    /** A connection that commits each statement by itself; the caller closes it. */
    Handle open() {
        return jdbi.open();
    }

    /** Reads or changes something that is right whether or not it is tried again; {@link StoreException} if it fails. */
    <T> T ask(String what, Function<Handle, T> work) {
        try (Handle handle = open()) {
            return work.apply(handle);
        } catch (JdbiException failed) {
            throw Failures.exception("cannot " + what, failed);
        }
    }

    /** A pool may be set to hand out connections that need a commit; the stores say themselves what is one step. */
    private static Connection committing(Connection connection) throws SQLException {
        try {
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    /** H2 otherwise answers up to half a second before it writes. Only an administrator may change that. */
    private static void writeAtOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (writeDelay(statement) != 0) {
                statement.execute("SET WRITE_DELAY 0");
            }
        }
    }

    private static int writeDelay(Statement statement) throws SQLException {
        try (ResultSet delay = statement.executeQuery(
                "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'")) {
            return delay.next() ? delay.getInt(1) : -1;
        }
    }
}
