package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.jdbc.FaultySource.Fault;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Saved;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.Notifications;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Inboxes on a PostgreSQL that breaks off. */
class InboxFailureTest {
    private static final HikariDataSource SOURCE = Databases.postgres();

    private final FaultySource faulty = new FaultySource(SOURCE);
    private final NotificationStore store = new JdbcNotificationStore(faulty.dataSource());
    private final UserId user = Notifications.freshUser();
    private final Notification notification = Notifications.at(Drafts.NOON);

    @BeforeAll
    static void open() {
        JdbcStorage.on(SOURCE).migrate();
        Jdbi.create(SOURCE)
                .useHandle(
                        handle -> handle.execute("ALTER TABLE realtime_notification ADD CHECK (message <> 'refused')"));
    }

    @AfterAll
    static void close() {
        SOURCE.close();
    }

    @Test
    void whatWasSavedWhenTheConnectionBrokeIsNewAndThereOnce() {
        store.save(user, Notifications.at(Drafts.NOON));
        faulty.next(Fault.BREAKS_AFTER_COMMIT);
        assertThat(store.save(user, notification)).isEqualTo(new Saved(notification, true));
        assertThat(faulty.isUsedUp()).isTrue();
        assertThat(ids()).hasSize(2);
        assertThat(store.unreadCount(user)).isEqualTo(2);
    }

    @Test
    void whatWasNotSavedWhenTheConnectionBrokeIsSavedThen() {
        faulty.next(Fault.BREAKS_BEFORE);
        assertThat(store.save(user, notification)).isEqualTo(new Saved(notification, true));
        faulty.next(Fault.BREAKS_AFTER);
        store.save(user, Notifications.at(Drafts.NOON));
        assertThat(ids()).hasSize(2);
        assertThat(store.unreadCount(user)).isEqualTo(2);
    }

    @Test
    void aRepeatedIdIsNoNewOneBecauseTheConnectionBreaks() {
        store.save(user, notification);
        Notification second = Notification.of(notification.id(), notification.notice(), Drafts.NOON.plusMillis(1));
        faulty.next(Fault.BREAKS_BEFORE);
        assertThat(store.save(user, second)).isEqualTo(new Saved(notification, false));
    }

    @Test
    void aSecondBreakIsTold() {
        faulty.next(Fault.BREAKS_BEFORE, Fault.BREAKS_BEFORE);
        assertThatThrownBy(() -> store.save(user, notification)).isInstanceOf(StoreException.class);
        assertThat(store.unreadCount(user)).isZero();
        assertThat(store.save(user, notification).isNew()).isTrue();
    }

    @Test
    void aLostRaceIsRunAgainAndNotForEver() {
        faulty.next(Fault.DEADLOCK, Fault.DEADLOCK);
        assertThat(store.save(user, notification).isNew()).isTrue();
        faulty.next(Collections.nCopies(8, Fault.DEADLOCK).toArray(Fault[]::new));
        assertThatThrownBy(() -> store.save(user, Notifications.at(Drafts.NOON)))
                .isInstanceOf(StoreException.class);
        assertThat(store.unreadCount(user)).isEqualTo(1);
    }

    @Test
    void aMarkThatBreaksOffIsMadeAgainByItsCaller() {
        store.save(user, notification);
        faulty.next(Fault.BREAKS_AFTER_COMMIT);
        assertThatThrownBy(() -> store.markRead(user, notification.id(), Drafts.NOON))
                .isInstanceOf(StoreException.class);
        assertThat(store.markRead(user, notification.id(), Drafts.NOON)).isFalse();
        assertThat(store.unreadCount(user)).isZero();
    }

    @Test
    void aRefusedTextIsNotInTheException() {
        assertThatThrownBy(() -> store.save(user, Notifications.at(Drafts.NOON, "refused")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("23514")
                .hasNoCause();
        assertThat(store.unreadCount(user)).isZero();
    }

    private List<String> ids() {
        InboxQuery all = new InboxQuery(InboxQuery.Shown.ALL, new InboxQuery.Newest(), 50, 1 << 20);
        return store.list(user, all).notifications().stream()
                .map(item -> item.id().value())
                .toList();
    }
}
