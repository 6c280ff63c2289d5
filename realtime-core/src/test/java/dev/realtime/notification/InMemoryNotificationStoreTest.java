package dev.realtime.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.NotificationStoreContract;
import dev.realtime.testkit.Notifications;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryNotificationStoreTest extends NotificationStoreContract {
    private static final UserId ANA = new UserId("ana");
    private static final UserId BEN = new UserId("ben");
    private static final int PLENTY = 1 << 20;

    private final NotificationStore store = new InMemoryNotificationStore();

    @Override
    public NotificationStore store() {
        return store;
    }

    @Test
    void aFullInboxForgetsItsOldestAndCountsWhatIsLeft() {
        NotificationStore small = store(2, 100, PLENTY);
        Notification second = Notifications.at(Drafts.NOON.plusMillis(2));
        Notification first = Notifications.at(Drafts.NOON.plusMillis(1));
        Notification third = Notifications.at(Drafts.NOON.plusMillis(3));
        List.of(second, first, third).forEach(item -> small.save(ANA, item));
        small.save(BEN, Notifications.at(Drafts.NOON));
        assertThat(items(small, ANA)).containsExactly(third, second);
        assertThat(small.unreadCount(ANA)).isEqualTo(2);
        assertThat(small.find(ANA, first.id())).isEmpty();
        assertThat(small.stats()).isEqualTo(new NotificationStats(3, 3, 2));
        assertThat(small.save(BEN, first).isNew()).isTrue();
    }

    @Test
    void whatWasReadIsForgottenWithoutACount() {
        NotificationStore small = store(1, 100, PLENTY);
        Notification first = Notifications.at(Drafts.NOON);
        small.save(ANA, first);
        small.markRead(ANA, first.id(), Drafts.NOON);
        small.save(ANA, Notifications.at(Drafts.NOON.plusMillis(1)));
        assertThat(small.unreadCount(ANA)).isEqualTo(1);
        assertThat(small.stats()).isEqualTo(new NotificationStats(1, 1, 1));
    }

    @Test
    void aFullStoreForgetsWhatWasSavedLongestAgo() {
        NotificationStore small = store(100, 3, PLENTY);
        small.save(ANA, Notifications.at(Drafts.NOON.plusMillis(9)));
        for (int i = 0; i < 3; i++) {
            small.save(BEN, Notifications.at(Drafts.NOON));
        }
        assertThat(items(small, ANA)).isEmpty();
        assertThat(small.unreadCount(ANA)).isZero();
        assertThat(small.stats()).isEqualTo(new NotificationStats(3, 3, 1));
    }

    @Test
    void beyondItsBytesTheOldestGoesButTheNewestStays() {
        Notification large = Notifications.at(Drafts.NOON, "m".repeat(2_000));
        Notification small = Notifications.at(Drafts.NOON);
        NotificationStore store = store(100, 100, large.weight());
        store.save(ANA, small);
        store.save(BEN, large);
        assertThat(store.stats()).isEqualTo(new NotificationStats(1, 1, 1));
        NotificationStore tiny = store(100, 100, 1);
        tiny.save(ANA, small);
        tiny.save(ANA, large);
        assertThat(items(tiny, ANA)).containsExactly(large);
    }

    private static NotificationStore store(int perUser, int kept, long bytes) {
        return new InMemoryNotificationStore(new NotificationSettings(PLENTY, perUser, kept, bytes));
    }

    private static List<Notification> items(NotificationStore store, UserId user) {
        InboxQuery all = new InboxQuery(InboxQuery.Shown.ALL, new InboxQuery.Newest(), 100, PLENTY);
        return store.list(user, all).notifications();
    }
}
