package dev.realtime.testkit;

import static dev.realtime.testkit.TestedNotificationStore.moment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.notification.InboxPage;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.InboxQuery.Before;
import dev.realtime.notification.InboxQuery.BeforePlace;
import dev.realtime.notification.InboxQuery.Newest;
import dev.realtime.notification.InboxQuery.Shown;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of an inbox. */
interface NotificationPages extends TestedNotificationStore {

    @Test
    default void theNewestComeFirst() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        assertPage(page(user, new Newest(), 2), true, all.get(2), all.get(1));
        assertPage(page(user, new Newest(), 3), false, all.get(2), all.get(1), all.get(0));
        assertPage(page(user, new Newest(), 4), false, all.get(2), all.get(1), all.get(0));
    }

    @Test
    default void whatIsSavedLateStandsAtItsMoment() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 3, 1, 2);
        assertPage(page(user, new Newest(), 9), false, all.get(0), all.get(2), all.get(1));
    }

    @Test
    default void beforeIsStrictlyOlder() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        assertPage(page(user, new Before(moment(3)), 1), true, all.get(1));
        assertPage(page(user, new Before(moment(3)), 2), false, all.get(1), all.get(0));
        assertPage(page(user, new Before(moment(3).plusNanos(1)), 1), true, all.get(2));
        assertPage(page(user, new Before(moment(1)), 1), false);
        assertPage(page(user, new Before(moment(99)), 1), true, all.get(2));
    }

    @Test
    default void beforeAPlaceIsWhatComesAfterThatItem() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        assertPage(page(user, new BeforePlace(all.get(2).place()), 1), true, all.get(1));
        assertPage(page(user, new BeforePlace(all.get(2).place()), 2), false, all.get(1), all.get(0));
        assertPage(page(user, new BeforePlace(all.get(0).place()), 2), false);
    }

    @Test
    default void withinAMillisecondTheIdDecides() {
        UserId user = Notifications.freshUser();
        List<Notification> all = new ArrayList<>(filled(user, 1, 1, 1, 1));
        all.sort(Comparator.comparing((Notification item) -> item.id().value()).reversed());
        assertThat(newest(user)).isEqualTo(all);
        assertPage(page(user, new BeforePlace(all.get(1).place()), 9), false, all.get(2), all.get(3));
    }

    @Test
    default void idsAreOrderedByCodeUnit() {
        UserId user = Notifications.freshUser();
        String stem = Notifications.freshId().value();
        for (String end : List.of("a", "B", "_", "9", "~")) {
            saved(user, Notification.of(new NotificationId(stem + end), Notice.of("t", "T", "M"), moment(1)));
        }
        assertThat(newest(user))
                .extracting(item -> item.id().value().substring(stem.length()))
                .containsExactly("~", "a", "_", "B", "9");
    }

    @Test
    default void aPageDoesNotSplitAMillisecond() {
        UserId user = Notifications.freshUser();
        filled(user, 1, 2, 2, 2, 3);
        assertThat(page(user, new Newest(), 2).notifications()).hasSize(4);
        assertThat(page(user, new Newest(), 2).hasMore()).isTrue();
        assertThat(page(user, new Before(moment(3)), 1).notifications()).hasSize(3);
        assertThat(page(user, new Before(moment(2)), 1).hasMore()).isFalse();
        UserId other = Notifications.freshUser();
        filled(other, 1, 1, 1);
        assertThat(page(other, new Newest(), 1).notifications()).hasSize(3);
        assertThat(page(other, new Newest(), 1).hasMore()).isFalse();
    }

    @Test
    default void aPageEndsEarlyAtItsBytesButHoldsAtLeastOne() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3);
        int weight = all.get(0).weight();
        assertPage(page(user, Shown.ALL, new Newest(), 9, 2 * weight), true, all.get(2), all.get(1));
        assertPage(page(user, Shown.ALL, new Newest(), 9, 3 * weight - 1), true, all.get(2), all.get(1));
        assertThat(page(user, Shown.ALL, new Newest(), 9, 3 * weight).hasMore()).isFalse();
        assertPage(page(user, Shown.ALL, new Newest(), 9, 1), true, all.get(2));
        assertPage(page(user, Shown.ALL, new Before(moment(2)), 9, 1), false, all.get(0));
    }

    @Test
    default void aMillisecondThatDoesNotFitIsLeftForTheNextPage() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 2, 2, 3);
        int weight = all.get(0).weight();
        assertPage(page(user, Shown.ALL, new Newest(), 9, 3 * weight), true, all.get(4));
        assertThat(page(user, Shown.ALL, new Before(moment(3)), 9, 3 * weight).notifications())
                .hasSize(3);
    }

    @Test
    default void aMillisecondLargerThanAPageIsReadOnByItsItems() {
        UserId user = Notifications.freshUser();
        List<Notification> all = new ArrayList<>(filled(user, 1, 1, 1));
        all.sort(Comparator.comparing(Notification::place).reversed());
        int weight = all.get(0).weight();
        assertPage(page(user, Shown.ALL, new Newest(), 9, 2 * weight), true, all.get(0), all.get(1));
        assertPage(page(user, Shown.ALL, new BeforePlace(all.get(1).place()), 9, 2 * weight), false, all.get(2));
    }

    @Test
    default void theUnreadAloneAreAListOfTheirOwn() {
        UserId user = Notifications.freshUser();
        List<Notification> all = filled(user, 1, 2, 3, 4, 5);
        store().markRead(user, all.get(4).id(), moment(6));
        store().markRead(user, all.get(1).id(), moment(6));
        assertPage(page(user, Shown.UNREAD, new Newest(), 2, PLENTY), true, all.get(3), all.get(2));
        assertPage(page(user, Shown.UNREAD, new Newest(), 3, PLENTY), false, all.get(3), all.get(2), all.get(0));
        assertPage(page(user, Shown.UNREAD, new Before(moment(3)), 9, PLENTY), false, all.get(0));
        assertPage(
                page(user, Shown.UNREAD, new BeforePlace(all.get(4).place()), 9, PLENTY),
                false,
                all.get(3),
                all.get(2),
                all.get(0));
        assertThat(page(user, Shown.ALL, new Newest(), 1, PLENTY).unread()).isEqualTo(3);
        assertThat(page(user, Shown.UNREAD, new Newest(), 1, PLENTY).unread()).isEqualTo(3);
    }

    @Test
    default void pagedEachOfManyIsShownOnce() {
        UserId user = Notifications.freshUser();
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            boolean isTied = i >= 200 && i < 400;
            all.add(saved(user, Notifications.at(moment(isTied ? 200 : i))));
        }
        all.sort(Comparator.comparing(Notification::place).reversed());
        assertThat(all(user, Shown.ALL, 50, last -> new Before(last.timestamp())))
                .isEqualTo(all);
        assertThat(all(user, Shown.ALL, 50, last -> new BeforePlace(last.place())))
                .isEqualTo(all);
        for (int i = 0; i < all.size(); i += 2) {
            store().markRead(user, all.get(i).id(), moment(999));
        }
        assertThat(all(user, Shown.UNREAD, 7, last -> new Before(last.timestamp())))
                .hasSize(300)
                .isEqualTo(
                        all.stream().filter(item -> all.indexOf(item) % 2 == 1).toList());
    }

    @Test
    default void largeOnesMakeShortPagesAndNoneIsLost() {
        UserId user = Notifications.freshUser();
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            all.add(0, saved(user, Notifications.at(moment(i), "\u4f60".repeat(2_000))));
        }
        InboxPage page = page(user, new Newest(), InboxQuery.MAX_LIMIT);
        assertThat(page.hasMore()).isTrue();
        assertThat(page.notifications().stream().mapToInt(Notification::weight).sum())
                .isBetween(PLENTY - all.get(0).weight(), PLENTY);
        assertThat(all(user, Shown.ALL, InboxQuery.MAX_LIMIT, last -> new Before(last.timestamp())))
                .isEqualTo(all);
    }

    private static void assertPage(InboxPage page, boolean hasMore, Notification... notifications) {
        assertThat(page.notifications())
                .extracting(Notification::id)
                .containsExactly(
                        List.of(notifications).stream().map(Notification::id).toArray(NotificationId[]::new));
        assertThat(page.hasMore()).isEqualTo(hasMore);
    }
}
