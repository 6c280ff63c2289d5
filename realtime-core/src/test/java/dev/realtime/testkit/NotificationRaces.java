package dev.realtime.testkit;

import static dev.realtime.testkit.TestedNotificationStore.moment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.InboxQuery.Newest;
import dev.realtime.notification.InboxQuery.Shown;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationStore;
import dev.realtime.notification.Saved;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many threads, and where data is shared two stores, at once. */
interface NotificationRaces extends TestedNotificationStore {
    /** Threads in a race. */
    int RACERS = 16;

    @Test
    default void theCountEqualsTheListWhateverManyThreadsDo() throws Exception {
        long seed = Races.random().nextLong();
        List<UserId> users = Stream.generate(Notifications::freshUser).limit(2).toList();
        // So that a page is more than a store may read at once.
        users.forEach(user -> IntStream.range(0, 80).forEach(i -> filled(user, i)));
        List<Long> marked = Races.together(RACERS, racer -> {
            Random random = new Random(seed + racer);
            long mine = 0;
            for (int i = 0; i < 40; i++) {
                mine += step(storeOf(racer), users.get(random.nextInt(users.size())), random);
            }
            return mine;
        });
        long read = 0;
        for (UserId user : users) {
            List<Notification> all = all(user, Shown.ALL, 50, last -> new InboxQuery.BeforePlace(last.place()));
            long unread = all.stream().filter(item -> !item.isRead()).count();
            assertThat(store().unreadCount(user)).isEqualTo(unread);
            read += all.size() - unread;
        }
        assertThat(marked.stream().mapToLong(Long::longValue).sum()).isEqualTo(read);
    }

    /** One of the things that may happen to an inbox; tells how many were marked. */
    private static long step(NotificationStore store, UserId user, Random random) {
        int what = random.nextInt(200);
        if (what == 0) {
            return store.markAllRead(user, moment(1));
        }
        if (what < 90) {
            assertThat(store.save(user, Notifications.at(moment(random.nextInt(9))))
                            .isNew())
                    .isTrue();
            return 0;
        }
        InboxPage page = store.list(user, new InboxQuery(Shown.UNREAD, new Newest(), InboxQuery.MAX_LIMIT, PLENTY));
        assertThat(page.notifications()).noneMatch(Notification::isRead);
        assertThat(page.hasMore() ? page.unread() : page.notifications().size()).isEqualTo(page.unread());
        return page.notifications().isEmpty() ? 0 : markOne(store, user, page.notifications(), random);
    }

    private static long markOne(NotificationStore store, UserId user, List<Notification> some, Random random) {
        NotificationId id = some.get(random.nextInt(some.size())).id();
        return store.markRead(user, id, moment(1)) ? 1 : 0;
    }

    @Test
    default void ofManyWhoMarkOneOnlyOneIsTold() throws Exception {
        for (int round = 0; round < 30; round++) {
            UserId user = Notifications.freshUser();
            NotificationId id = filled(user, 1, 2).get(0).id();
            List<Boolean> told = Races.together(4, racer -> storeOf(racer / 2).markRead(user, id, moment(3)));
            assertThat(told).containsOnlyOnce(true);
            assertThat(store().unreadCount(user)).isEqualTo(1);
        }
    }

    @Test
    default void ofManyWhoMarkAllEachIsMarkedOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            UserId user = Notifications.freshUser();
            filled(user, 1, 2, 3, 4, 5);
            List<Long> marked = Races.together(4, racer -> storeOf(racer).markAllRead(user, moment(6)));
            assertThat(marked.stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
            assertThat(store().unreadCount(user)).isZero();
        }
    }

    @Test
    default void ofManyWithOneIdOneIsSaved() throws Exception {
        for (int round = 0; round < 30; round++) {
            NotificationId id = Notifications.freshId();
            List<UserId> users =
                    Stream.generate(Notifications::freshUser).limit(2).toList();
            List<Saved> saved = Races.together(4, racer -> {
                Notice notice = Notice.of("t", "T", "by " + racer);
                return storeOf(racer).save(users.get(racer / 2), Notification.of(id, notice, moment(racer)));
            });
            assertThat(saved.stream().filter(Saved::isNew)).hasSize(1);
            assertThat(saved.stream().map(Saved::notification).distinct()).hasSize(1);
            assertThat(store().unreadCount(users.get(0)) + store().unreadCount(users.get(1)))
                    .isEqualTo(1);
        }
    }
}
