package dev.realtime.runner.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.call.CallRecords;
import dev.realtime.error.StoreException;
import dev.realtime.jdbc.JdbcStorage;
import dev.realtime.messaging.MessageStore;
import dev.realtime.notification.NotificationStore;
import dev.realtime.room.RoomBindings;
import dev.realtime.runner.account.AccountSchema;
import dev.realtime.runner.account.AccountStore;
import dev.realtime.runner.account.JdbcAccountStore;
import dev.realtime.runner.account.JdbcRefreshFamilyStore;
import dev.realtime.runner.account.RefreshFamilyStore;
import dev.realtime.runner.settings.DatabaseSettings;
import dev.realtime.runner.settings.Secret;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.time.Duration;
import java.util.List;

/** One pool of connections to one database, and the stores on it. */
final class DatabaseStorage implements Storage {
    /** How long a store waits for a connection before it says it is unavailable. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HikariDataSource pool;
    private final DatabaseSettings.Jdbc settings;
    private final JdbcStorage stores;
    private final AccountStore accounts;
    private final RefreshFamilyStore refreshFamilies;

    private DatabaseStorage(HikariDataSource pool, DatabaseSettings.Jdbc settings) {
        this.pool = pool;
        this.settings = settings;
        this.stores = stores(pool, settings.textKeys());
        this.accounts = new JdbcAccountStore(pool);
        this.refreshFamilies = new JdbcRefreshFamilyStore(pool);
    }

    static Storage open(DatabaseSettings.Jdbc settings) {
        HikariDataSource pool = new HikariDataSource(configuration(settings));
        try {
            DatabaseStorage storage = new DatabaseStorage(pool, settings);
            storage.stores.migrate();
            AccountSchema.migrate(pool, settings.product());
            return storage;
        } catch (RuntimeException refused) {
            pool.close();
            throw refused;
        }
    }

    private static JdbcStorage stores(HikariDataSource pool, List<Secret> keys) {
        JdbcStorage plain = JdbcStorage.on(pool);
        return keys.isEmpty()
                ? plain
                : plain.encrypting(
                        keys.get(0).text(),
                        keys.stream().skip(1).map(Secret::text).toArray(String[]::new));
    }

    @Override
    public MessageStore messages() {
        return stores.messages();
    }

    @Override
    public NotificationStore notifications() {
        return stores.notifications();
    }

    @Override
    public RoomBindings bindings() {
        return stores.roomBindings();
    }

    @Override
    public VisitDirectory visits() {
        return stores.visits();
    }

    @Override
    public CallRecords callRecords() {
        return stores.callRecords();
    }

    @Override
    public void put(Visit visit) {
        stores.visits().put(visit);
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public RefreshFamilyStore refreshFamilies() {
        return refreshFamilies;
    }

    @Override
    public void check(Duration patience) {
        if (!stores.isReachable(patience)) {
            throw new StoreException("the database does not answer");
        }
    }

    @Override
    public String description() {
        return settings.product() + ", pool of " + settings.poolSize()
                + (settings.textKeys().isEmpty() ? ", message texts plain" : ", message texts encrypted");
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig configuration(DatabaseSettings.Jdbc settings) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("realtime-database");
        configuration.setJdbcUrl(settings.url());
        settings.user().ifPresent(configuration::setUsername);
        settings.password().ifPresent(configuration::setPassword);
        configuration.setMaximumPoolSize(settings.poolSize());
        configuration.setConnectionTimeout(PATIENCE.toMillis());
        return configuration;
    }
}
