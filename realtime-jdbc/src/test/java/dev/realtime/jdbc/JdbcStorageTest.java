package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.testkit.Calls;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.Notifications;
import dev.realtime.testkit.Races;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcStorageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void migratingAgainChangesNothing() {
        try (HikariDataSource source = Databases.h2(folder)) {
            RoomId room = Drafts.freshRoom();
            JdbcStorage.on(source).migrate();
            JdbcStorage.on(source).messages().append(List.of(Drafts.in(room).saying("1")));
            JdbcStorage.on(source).migrate();
            assertThat(JdbcStorage.on(source).messages().lastSeq(room)).isEqualTo(1);
        }
    }

    @Test
    void severalNodesMayMigrateAtOnce() throws Exception {
        try (HikariDataSource source = Databases.postgres()) {
            Races.together(3, racer -> {
                JdbcStorage.on(source).migrate();
                return racer;
            });
            assertThat(JdbcStorage.on(source).messages().lastSeq(Drafts.freshRoom()))
                    .isZero();
        }
    }

    @Test
    void theTablesStandBesideThoseOfTheHost() throws SQLException {
        try (HikariDataSource source = Databases.postgres()) {
            execute(source, "CREATE TABLE hosts_own (id int)");
            JdbcStorage.on(source).migrate();
            assertThat(JdbcStorage.on(source).messages().lastSeq(Drafts.freshRoom()))
                    .isZero();
        }
    }

    @Test
    void aPoolThatDoesNotCommitByItselfLosesNothing() {
        try (HikariDataSource source = Databases.postgres()) {
            JdbcStorage.on(source).migrate();
            RoomId room = Drafts.freshRoom();
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(source.getJdbcUrl());
            config.setUsername("postgres");
            config.setAutoCommit(false);
            try (HikariDataSource manual = new HikariDataSource(config)) {
                assertThat(JdbcStorage.on(manual)
                                .messages()
                                .append(List.of(Drafts.in(room).saying("1"))))
                        .allMatch(Appended.Stored.class::isInstance);
            }
            assertThat(JdbcStorage.on(source).messages().lastSeq(room)).isEqualTo(1);
        }
    }

    @Test
    void withoutTablesReadingFailsAndStoringIsReportedFailed() {
        try (HikariDataSource source = Databases.h2(folder)) {
            JdbcStorage storage = JdbcStorage.on(source);
            RoomId room = Drafts.freshRoom();
            assertThatThrownBy(() -> storage.messages().lastSeq(room)).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> storage.visits().find(Drafts.freshVisit())).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> storage.notifications().unreadCount(Notifications.freshUser()))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() ->
                            storage.notifications().save(Notifications.freshUser(), Notifications.at(Drafts.NOON)))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> storage.roomBindings().bind(room, Drafts.freshVisit()))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() ->
                            storage.callRecords().save(Calls.missed(Calls.freshUser(), Calls.freshUser(), Calls.NOON)))
                    .isInstanceOf(StoreException.class);
            assertThat(storage.messages().append(List.of(Drafts.in(room).saying("1"))))
                    .allMatch(Appended.Failed.class::isInstance);
        }
    }

    @Test
    void withoutFlywayMigratingSaysWhatIsMissing() throws Exception {
        try (HikariDataSource source = Databases.h2(folder)) {
            Class<?> storage = new WithoutFlyway().loadClass(JdbcStorage.class.getName());
            Object opened = storage.getMethod("on", DataSource.class).invoke(null, source);
            assertThatThrownBy(() -> storage.getMethod("migrate").invoke(opened))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("flyway-core")
                    .hasMessageContaining("db/realtime/h2");
        }
    }

    @Test
    void aDatabaseIsReachableUntilItIsGone() {
        HikariDataSource source = Databases.h2(folder);
        JdbcStorage storage = JdbcStorage.on(source);
        assertThat(storage.isReachable(PATIENCE)).isTrue();
        assertThat(storage.isReachable(PATIENCE)).isTrue();
        source.close();
        assertThat(storage.isReachable(PATIENCE)).isFalse();
    }

    @Test
    void aPoolThatHangsIsNotWaitedFor() throws Exception {
        try (HikariDataSource source = Databases.h2(folder)) {
            JdbcStorage storage = JdbcStorage.on(source);
            List<Connection> taken = Races.together(10, racer -> source.getConnection());
            assertThat(storage.isReachable(Duration.ofMillis(50))).isFalse();
            for (Connection connection : taken) {
                connection.close();
            }
            assertThat(storage.isReachable(PATIENCE)).isTrue();
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsSaidAtOnce() {
        HikariDataSource source = Databases.h2(folder);
        source.close();
        assertThatThrownBy(() -> JdbcStorage.on(source)).isInstanceOf(StoreException.class);
    }

    private static void execute(HikariDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Loads the classes of the module anew, in a world without Flyway. */
    private static final class WithoutFlyway extends ClassLoader {
        WithoutFlyway() {
            super(JdbcStorage.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.flywaydb.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.realtime.jdbc.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
