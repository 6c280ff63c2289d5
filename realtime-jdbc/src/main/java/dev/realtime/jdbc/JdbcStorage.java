package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The door to everything that is kept in a database.
 *
 * <pre>{@code
 * JdbcStorage storage = JdbcStorage.on(dataSource);
 * storage.migrate();
 * MessageStore messages = storage.messages();
 * }</pre>
 *
 * <p>Safe for many threads. The data source is a pool of the host, who also closes it; the stores take a connection for
 * each call and give it back. All tables begin with {@code realtime_}.
 */
public final class JdbcStorage {
    private final Connections connections;
    private final Reachability reachability;
    private final FieldCipher cipher;

    private JdbcStorage(Connections connections, FieldCipher cipher) {
        this.cipher = cipher;
        this.connections = connections;
        this.reachability = new Reachability(connections.source());
    }

    /**
     * Storage in the PostgreSQL or H2 database at the other end, which is asked which of the two it is. H2 is told to
     * write before it acknowledges ({@code WRITE_DELAY 0}), which only an administrator of the database may do.
     *
     * @throws StoreException when it cannot be reached or is another database
     */
    public static JdbcStorage on(DataSource source) {
        return new JdbcStorage(Connections.to(source), FieldCipher.OFF);
    }

    /**
     * The same storage, in which texts of messages are stored encrypted: AES-256-GCM under the SHA-256 of the key.
     * Texts stored before stay readable, encrypted or not, as long as their key is among those given.
     *
     * @param key for new texts, and for reading
     * @param olderKeys for reading alone
     */
    public JdbcStorage encrypting(String key, String... olderKeys) {
        return new JdbcStorage(connections, FieldCipher.of(key, olderKeys));
    }

    /**
     * Makes the tables, or brings them up to date; several nodes may do so at once. Needs Flyway on the class path, with
     * {@code flyway-database-postgresql} for PostgreSQL. A host with a tool of its own lets it run the files under
     * {@code db/realtime/postgresql} or {@code db/realtime/h2} instead.
     *
     * @throws IllegalStateException without Flyway
     * @throws StoreException when the tables cannot be changed
     */
    public void migrate() {
        try {
            Migration.run(connections.source(), connections.database());
        } catch (NoClassDefFoundError absent) {
            throw new IllegalStateException(
                    "to migrate, Realtime needs org.flywaydb:flyway-core on the class path; or run the files under "
                            + connections.database().schemaFolder() + " with another tool",
                    absent);
        }
    }

    /** The messages. */
    public JdbcMessageStore messages() {
        return new JdbcMessageStore(connections, cipher);
    }

    /** The notifications. */
    public JdbcNotificationStore notifications() {
        return new JdbcNotificationStore(connections);
    }

    /** The visits. */
    public JdbcVisitDirectory visits() {
        return new JdbcVisitDirectory(connections);
    }

    /** The rooms that belong to visits. */
    public JdbcRoomBindings roomBindings() {
        return new JdbcRoomBindings(connections);
    }

    /** The calls that are over. */
    public JdbcCallRecords callRecords() {
        return new JdbcCallRecords(connections);
    }

    /** Whether the database gives a connection that works, found out within {@code patience}. */
    public boolean isReachable(Duration patience) {
        return reachability.isReachable(patience);
    }
}
