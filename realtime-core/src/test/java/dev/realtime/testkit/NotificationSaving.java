package dev.realtime.testkit;

import static dev.realtime.testkit.TestedNotificationStore.moment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationStats;
import dev.realtime.notification.Priority;
import dev.realtime.notification.Saved;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is saved is there, once, and as it was. */
interface NotificationSaving extends TestedNotificationStore {

    @Test
    default void whoGotNothingHasAnEmptyInbox() {
        UserId user = Notifications.freshUser();
        assertThat(page(user, new InboxQuery.Newest(), 10)).isEqualTo(new InboxPage(List.of(), false, 0));
        assertThat(store().unreadCount(user)).isZero();
        assertThat(store().find(user, Notifications.freshId())).isEmpty();
        assertThat(store().markAllRead(user, moment(1))).isZero();
    }

    @Test
    default void whatIsSavedComesBackToTheLastCharacter() {
        UserId user = Notifications.freshUser();
        Payload data = Payload.parse("{\"b\":[1.50,null,{\"a\":\"\\u0000\\ud83d\\ude00\"}],\"a\":\"  \"}");
        Notice notice = new Notice("a-z0.9_", Priority.URGENT, " \ud83d\ude00\t", "\u00e4\n'\"\\", Optional.of(data));
        Notification sent = saved(user, Notification.of(Notifications.freshId(), notice, moment(1)));
        for (Notification found : List.of(
                newest(user).get(0),
                store().find(user, sent.id()).orElseThrow(),
                another().orElse(store()).find(user, sent.id()).orElseThrow())) {
            assertThat(found).isEqualTo(sent);
            assertThat(found.notice().data().orElseThrow()).hasToString(data.toString());
        }
    }

    @Test
    default void theLargestComesBackToo() {
        UserId user = Notifications.freshUser();
        String message = "\u4f60".repeat(2_000);
        Payload data = Payload.of("x".repeat(16 * 1024 - 2));
        Notice notice = new Notice("t".repeat(64), Priority.LOW, "\u4f60".repeat(200), message, Optional.of(data));
        Notification sent = Notification.of(
                new NotificationId(
                        "~".repeat(92) + Notifications.freshId().value().substring(2)),
                notice,
                moment(1));
        assertThat(sent.id().value()).hasSize(NotificationId.MAX_LENGTH);
        saved(user, sent);
        assertThat(newest(user)).containsExactly(sent);
    }

    @Test
    default void eachPriorityComesBackAndNoDataStaysNone() {
        UserId user = Notifications.freshUser();
        for (Priority priority : Priority.values()) {
            saved(
                    user,
                    Notification.of(
                            Notifications.freshId(), Notice.of("t", "T", "M").withPriority(priority), moment(1)));
        }
        assertThat(newest(user))
                .extracting(item -> item.notice().priority())
                .containsExactlyInAnyOrder(Priority.values());
        assertThat(newest(user)).allMatch(item -> item.notice().data().isEmpty());
    }

    @Test
    default void theFirstOfAnIdStands() {
        UserId user = Notifications.freshUser();
        Notification first = saved(user, Notifications.at(moment(1), "first"));
        Notification second = Notification.of(first.id(), Notice.of("t", "T", "second"), moment(2));
        assertThat(another().orElse(store()).save(user, second)).isEqualTo(new Saved(first, false));
        assertThat(newest(user)).containsExactly(first);
        assertThat(store().unreadCount(user)).isEqualTo(1);
    }

    @Test
    default void anIdStandsForOneNotificationInWhosever() {
        UserId user = Notifications.freshUser();
        UserId other = Notifications.freshUser();
        Notification first = saved(user, Notifications.at(moment(1), "first"));
        Notification second = Notification.of(first.id(), Notice.of("t", "T", "second"), moment(2));
        assertThat(store().save(other, second)).isEqualTo(new Saved(first, false));
        assertThat(newest(other)).isEmpty();
        assertThat(store().unreadCount(other)).isZero();
        assertThat(store().find(other, first.id())).isEmpty();
    }

    @Test
    default void whatWasReadIsStillTheFirstOfItsId() {
        UserId user = Notifications.freshUser();
        Notification first = saved(user, Notifications.at(moment(1)));
        store().markRead(user, first.id(), moment(2));
        assertThat(store().save(user, first)).isEqualTo(new Saved(first, false));
        assertThat(store().unreadCount(user)).isZero();
    }

    @Test
    default void idsThatDifferInCaseAreDifferent() {
        UserId user = Notifications.freshUser();
        Notification lower = saved(user, Notifications.at(moment(1)));
        String upper = lower.id().value().toUpperCase(Locale.ROOT);
        saved(user, Notification.of(new NotificationId(upper), lower.notice(), moment(1)));
        assertThat(store().unreadCount(user)).isEqualTo(2);
    }

    @Test
    default void inboxesDoNotMix() {
        UserId user = Notifications.freshUser();
        UserId other = new UserId(user.value().toUpperCase(Locale.ROOT));
        List<Notification> mine = filled(user, 1);
        List<Notification> theirs = filled(other, 1);
        assertThat(newest(user)).isEqualTo(mine);
        assertThat(newest(other)).isEqualTo(theirs);
        assertThat(store().markAllRead(user, moment(2))).isEqualTo(1);
        assertThat(store().unreadCount(other)).isEqualTo(1);
    }

    @Test
    default void everythingIsCounted() {
        NotificationStats before = store().stats();
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        filled(Notifications.freshUser(), 1);
        store().markRead(user, all.get(0).id(), moment(4));
        assertThat(store().stats())
                .isEqualTo(new NotificationStats(
                        before.totalNotifications() + 4, before.totalUnread() + 3, before.totalUsers() + 2));
    }
}
