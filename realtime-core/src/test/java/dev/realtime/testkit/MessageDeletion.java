package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStatus;
import dev.realtime.messaging.Reach;
import dev.realtime.messaging.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is deleted for its age, and what for its sender. */
interface MessageDeletion extends TestedMessageStore {

    @Test
    default void whatIsOlderThanTheMomentGoesAndNumbersGoOn() {
        RoomId room = new RoomId("chat:" + UUID.randomUUID() + ":ben");
        Instant old = ages();
        for (int i = 0; i < 4; i++) {
            stored(Drafts.in(room)
                    .from("ben")
                    .at(old.plusSeconds(i))
                    .clientMessageId("c-" + i)
                    .saying("m" + i));
        }
        assertThat(store().deleteBefore(old.plusSeconds(2))).isGreaterThanOrEqualTo(2);
        assertThat(newest(room)).extracting(Message::seq).containsExactly(3L, 4L);
        Message retried =
                stored(Drafts.in(room).from("ben").clientMessageId("c-1").saying("again"));
        assertThat(retried.seq()).isEqualTo(5);
        assertThat(stored(Drafts.in(room).from("ben").clientMessageId("c-2").saying("again"))
                        .seq())
                .isEqualTo(3);
        assertThat(store().deleteBefore(old.plusSeconds(2))).isZero();
    }

    @Test
    default void whatWasDeletedIsNotUnread() {
        UserId user = new UserId("user-" + UUID.randomUUID());
        RoomId room = new RoomId("chat:" + user + ":ben");
        Instant old = ages();
        stored(Drafts.in(room).from("ben").at(old).saying("1"));
        stored(Drafts.in(room).from(user.value()).at(old.plusSeconds(1)).saying("2"));
        stored(Drafts.in(room).from("ben").at(old.plusSeconds(2)).saying("3"));
        stored(Drafts.in(room).from(user.value()).at(old.plusSeconds(3)).saying("4"));
        stored(Drafts.in(room).from("ben").at(old.plusSeconds(4)).saying("5"));
        store().deleteBefore(old.plusSeconds(2));
        assertUnread(user, new Unread.OfRoom(room, 2, 5, 0));
        store().mark(List.of(Marker.read(room, user, 3)));
        assertUnread(user, new Unread.OfRoom(room, 1, 5, 3));
        store().deleteBefore(old.plusSeconds(60));
        assertUnread(user);
        stored(Drafts.in(room).from("ben").saying("6"));
        assertUnread(user, new Unread.OfRoom(room, 1, 6, 3));
    }

    @Test
    default void anErasedUserHasSaidNothing() {
        UserId gone = new UserId("user-" + UUID.randomUUID());
        VisitId visit = Drafts.freshVisit();
        RoomId room = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        stored(Drafts.in(room).from("ben").of(visit).saying("stays"));
        Message first = stored(Drafts.in(room)
                .from(gone.value())
                .of(visit)
                .clientMessageId("c-1")
                .saying("goes"));
        stored(Drafts.in(room).from("ben").to(gone.value()).saying("stays, too"));
        stored(Drafts.in(other).from(gone.value()).saying("goes, too"));
        assertThat(store().erase(gone)).isEqualTo(2);
        assertThat(newest(room)).extracting(Message::seq).containsExactly(1L, 3L);
        assertThat(newest(other)).isEmpty();
        assertThat(store().locate(Set.of(first.id()))).isEmpty();
        assertThat(store().history(new HistoryQuery(
                                new HistoryQuery.OfVisit(visit), new HistoryQuery.Newest(), 10, PLENTY))
                        .messages())
                .extracting(Message::text)
                .containsExactly("stays");
        assertThat(store().lastSeq(room)).isEqualTo(3);
        assertThat(stored(Drafts.in(room)
                                .from(gone.value())
                                .clientMessageId("c-1")
                                .saying("back"))
                        .seq())
                .isEqualTo(4);
        assertThat(stored(Drafts.in(other).from("ben").saying("first")).seq()).isEqualTo(2);
        assertThat(store().erase(gone)).isEqualTo(1);
        assertThat(store().erase(gone)).isZero();
    }

    @Test
    default void pagesReadOverEmptyPlaces() {
        String gone = "user-" + UUID.randomUUID();
        RoomId room = Drafts.freshRoom();
        for (int i = 0; i < 9; i++) {
            stored(Drafts.in(room)
                    .from(i % 3 == 0 ? "ben" : gone)
                    .at(Drafts.NOON.plusSeconds(i))
                    .saying("m" + i));
        }
        store().erase(new UserId(gone));
        assertThat(page(room, new HistoryQuery.AfterSeq(1), 1).messages())
                .extracting(Message::seq)
                .containsExactly(4L);
        assertThat(page(room, new HistoryQuery.BeforeSeq(7), 1).messages())
                .extracting(Message::seq)
                .containsExactly(4L);
        assertThat(page(room, new HistoryQuery.Before(Drafts.NOON.plusSeconds(5)), 9)
                        .messages())
                .extracting(Message::seq)
                .containsExactly(1L, 4L);
        assertThat(page(room, new HistoryQuery.Newest(), 3).hasMore()).isFalse();
    }

    @Test
    default void whatWasErasedIsNotUnreadAndItsReaderHasReadNothing() {
        UserId gone = new UserId("user-" + UUID.randomUUID());
        UserId user = new UserId("user-" + UUID.randomUUID());
        RoomId room = Drafts.freshRoom();
        stored(Drafts.in(room).from("ben").saying("1"));
        stored(Drafts.in(room).from(gone.value()).saying("2"));
        stored(Drafts.in(room).from("ben").saying("3"));
        stored(Drafts.in(room).from(gone.value()).saying("4"));
        Message last = stored(Drafts.in(room).from("ben").saying("5"));
        store().mark(List.of(Marker.read(room, gone, 5), Marker.read(room, user, 2)));
        store().erase(gone);
        assertUnread(user, new Unread.OfRoom(room, 2, 5, 2));
        assertThat(reach(room).statusOf(last)).isEqualTo(MessageStatus.SENT);
        assertThat(reach(room).read().seq()).isEqualTo(2);
        assertUnread(gone);
        store().mark(List.of(Marker.read(room, user, 4)));
        assertUnread(user, new Unread.OfRoom(room, 1, 5, 4));
    }

    @Test
    default void aChatThatNamesAnErasedUserIsStillTheUsers() {
        UserId gone = new UserId("user-" + UUID.randomUUID());
        RoomId room = new RoomId("chat:" + gone + ":ben");
        stored(Drafts.in(room).from("ben").saying("1"));
        stored(Drafts.in(room).from(gone.value()).saying("2"));
        store().mark(List.of(Marker.read(room, gone, 2)));
        store().erase(gone);
        assertUnread(gone, new Unread.OfRoom(room, 1, 2, 0));
    }

    private Reach reach(RoomId room) {
        return store().reach(Set.of(room)).getOrDefault(room, Reach.NONE);
    }

    private void assertUnread(UserId user, Unread.OfRoom... rooms) {
        assertThat(store().unread(user, List.of(), 10).rooms()).containsExactly(rooms);
    }

    /** Long before what other tests store: they share the data, and what is old goes everywhere. */
    private static Instant ages() {
        return Drafts.NOON.minus(Duration.ofDays(1000));
    }
}
