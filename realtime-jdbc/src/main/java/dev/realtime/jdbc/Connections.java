package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/** The way to one database. Safe for many threads; each use takes a connection and gives it back. */
final class Connections {
    /** How often a race is run. */
    static final int ATTEMPTS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataSource source;
    private final Database database;
    private final Jdbi jdbi;

    private Connections(DataSource source, Database database, Duration patience) {
        this.source = source;
        this.database = database;
        this.jdbi = Jdbi.create(() -> prepared(source.getConnection(), database));
        // What is bound are people's messages, and exceptions end up in logs.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        if (database == Database.POSTGRESQL) {
            // H2 waits for locks only, and ends that by itself.
            jdbi.getConfig(SqlStatements.class).setQueryTimeout((int) patience.toSeconds());
        }
    }

    /** Finds out what the database is. */
    static Connections to(DataSource source) {
        return to(source, PATIENCE);
    }

    /**
     * Finds out what the database is.
     *
     * @param patience how long a statement may take, in whole seconds
     */
    static Connections to(DataSource source, Duration patience) {
        try (Connection connection = source.getConnection()) {
            Database database = Database.of(connection);
            prepare(connection, database);
            return new Connections(source, database, patience);
        } catch (SQLException unusable) {
            throw new StoreException("the database cannot be reached or does not let itself be prepared", unusable);
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

    /**
     * Reads or changes something that is right whether or not it is tried again, which it is after a lost race;
     * {@link StoreException} if it fails.
     */
    <T> T ask(String what, Function<Handle, T> work) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try (Handle handle = open()) {
                return work.apply(handle);
            } catch (JdbiException failed) {
                if (left == 0 || Failures.of(failed) != Failures.RACE) {
                    throw Failures.exception("cannot " + what, failed);
                }
            }
        }
    }

    private static Connection prepared(Connection connection, Database database) throws SQLException {
        try {
            prepare(connection, database);
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    /**
     * A pool may hand out connections that need a commit; the stores say themselves what is one step. H2 answers up to
     * half a second before it writes, unless told otherwise each time its file is opened, which the last connection
     * of a pool may close; the setting it shows from an earlier time is not in force.
     */
    private static void prepare(Connection connection, Database database) throws SQLException {
        connection.setAutoCommit(true);
        if (database == Database.H2) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET WRITE_DELAY 0");
            }
        }
    }
}
