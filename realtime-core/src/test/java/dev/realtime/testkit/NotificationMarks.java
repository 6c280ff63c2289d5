package dev.realtime.testkit;

import static dev.realtime.testkit.TestedNotificationStore.moment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was read. */
interface NotificationMarks extends TestedNotificationStore {

    @Test
    default void markingTwiceCountsOnceAndTheFirstMomentStands() {
        UserId user = Notifications.freshUser();
        Notification item = filled(user, 1, 2).get(0);
        assertThat(store().markRead(user, item.id(), moment(3))).isTrue();
        assertThat(another().orElse(store()).markRead(user, item.id(), moment(4)))
                .isFalse();
        assertThat(store().unreadCount(user)).isEqualTo(1);
        assertThat(store().find(user, item.id())).contains(item.read(moment(3)));
        assertThat(newest(user))
                .extracting(Notification::readAt)
                .containsExactly(Optional.empty(), Optional.of(moment(3)));
    }

    @Test
    default void whatIsNotInTheUsersInboxIsNotMarked() {
        UserId user = Notifications.freshUser();
        UserId other = Notifications.freshUser();
        Notification item = filled(user, 1).get(0);
        filled(other, 1);
        assertThat(store().markRead(other, item.id(), moment(3))).isFalse();
        assertThat(store().markRead(Notifications.freshUser(), item.id(), moment(3)))
                .isFalse();
        assertThat(store().markRead(user, Notifications.freshId(), moment(3))).isFalse();
        assertThat(store().find(user, item.id())).contains(item);
        assertThat(store().unreadCount(user)).isEqualTo(1);
        assertThat(store().unreadCount(other)).isEqualTo(1);
    }

    @Test
    default void markingAllMarksThoseThatAreUnread() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        store().markRead(user, all.get(1).id(), moment(4));
        assertThat(store().markAllRead(user, moment(5))).isEqualTo(2);
        assertThat(store().markAllRead(user, moment(6))).isZero();
        assertThat(store().unreadCount(user)).isZero();
        assertThat(newest(user))
                .extracting(item -> item.readAt().orElseThrow())
                .containsExactly(moment(5), moment(4), moment(5));
        Notification later = filled(user, 7).get(0);
        assertThat(store().unreadCount(user)).isEqualTo(1);
        assertThat(store().find(user, later.id())).contains(later);
    }

    @Test
    default void theMomentOfReadingMayBeAny() {
        UserId user = Notifications.freshUser();
        for (Instant moment : List.of(Instant.EPOCH, Instant.EPOCH.minusMillis(1), moment(1))) {
            Notification item = filled(user, 1).get(0);
            assertThat(store().markRead(user, item.id(), moment)).isTrue();
            assertThat(store().find(user, item.id())).contains(item.read(moment));
        }
        assertThat(store().unreadCount(user)).isZero();
    }

    @Test
    default void aLargeInboxIsMarkedWhole() {
        UserId user = Notifications.freshUser();
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            all.add(saved(user, Notifications.at(moment(i))));
        }
        store().markRead(user, all.get(450).id(), moment(1));
        assertThat(store().markAllRead(user, moment(1))).isEqualTo(899);
        assertThat(store().unreadCount(user)).isZero();
    }
}
