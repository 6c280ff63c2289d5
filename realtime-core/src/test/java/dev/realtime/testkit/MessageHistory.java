package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.HistoryQuery.AfterSeq;
import dev.realtime.messaging.HistoryQuery.Before;
import dev.realtime.messaging.HistoryQuery.BeforeSeq;
import dev.realtime.messaging.HistoryQuery.Newest;
import dev.realtime.messaging.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pages of a room and of a visit, where each message has a moment of its own. */
interface MessageHistory extends TestedMessageStore {

    @Test
    default void aRoomWithoutMessagesHasAnEmptyPage() {
        RoomId room = Drafts.freshRoom();
        for (HistoryQuery.Cursor cursor :
                List.of(new Newest(), new Before(Drafts.NOON), new BeforeSeq(9), new AfterSeq(0))) {
            assertThat(page(room, cursor, 10)).isEqualTo(new HistoryPage(List.of(), false));
        }
    }

    @Test
    default void theNewestComeOldestFirst() {
        RoomId room = roomWith(5);
        assertPage(page(room, new Newest(), 3), true, 3, 4, 5);
        assertPage(page(room, new Newest(), 5), false, 1, 2, 3, 4, 5);
        assertPage(page(room, new Newest(), 6), false, 1, 2, 3, 4, 5);
    }

    @Test
    default void beforeIsStrictlyOlder() {
        RoomId room = roomWith(5);
        assertPage(page(room, new Before(moment(4)), 2), true, 2, 3);
        assertPage(page(room, new Before(moment(4)), 3), false, 1, 2, 3);
        assertPage(page(room, new Before(moment(4).plusNanos(1)), 2), true, 3, 4);
        assertPage(page(room, new Before(moment(1)), 2), false);
        assertPage(page(room, new Before(moment(99)), 2), true, 4, 5);
    }

    @Test
    default void beforeSeqIsTheNewestWithASmallerNumber() {
        RoomId room = roomWith(5);
        assertPage(page(room, new BeforeSeq(4), 2), true, 2, 3);
        assertPage(page(room, new BeforeSeq(4), 3), false, 1, 2, 3);
        assertPage(page(room, new BeforeSeq(1), 3), false);
        assertPage(page(room, new BeforeSeq(-7), 3), false);
        assertPage(page(room, new BeforeSeq(Long.MAX_VALUE), 1), true, 5);
        assertPage(page(room, new BeforeSeq(Long.MIN_VALUE), 1), false);
    }

    @Test
    default void afterSeqIsTheOldestWithAGreaterNumber() {
        RoomId room = roomWith(5);
        assertPage(page(room, new AfterSeq(0), 2), true, 1, 2);
        assertPage(page(room, new AfterSeq(2), 3), false, 3, 4, 5);
        assertPage(page(room, new AfterSeq(2), 2), true, 3, 4);
        assertPage(page(room, new AfterSeq(5), 2), false);
        assertPage(page(room, new AfterSeq(Long.MAX_VALUE), 2), false);
        assertPage(page(room, new AfterSeq(Long.MIN_VALUE), 1), true, 1);
    }

    @Test
    default void roomsDoNotMix() {
        RoomId room = roomWith(2);
        RoomId other = roomWith(3);
        assertThat(newest(room)).hasSize(2).allMatch(message -> message.room().equals(room));
        assertThat(newest(other)).hasSize(3).allMatch(message -> message.room().equals(other));
    }

    @Test
    default void aVisitHasItsMessagesOfAllRoomsInOrderOfTime() {
        VisitId visit = Drafts.freshVisit();
        RoomId one = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        append(
                Drafts.in(one).of(visit).at(moment(1)).saying("1"),
                Drafts.in(one).at(moment(2)).saying("of no visit"),
                Drafts.in(other).of(visit).at(moment(3)).saying("3"),
                Drafts.in(one).of(Drafts.freshVisit()).at(moment(4)).saying("of another visit"),
                Drafts.in(one).of(visit).at(moment(5)).saying("5"),
                Drafts.in(other).of(visit).at(moment(6)).saying("6"));
        // Stored last, yet older than what stands in other rooms.
        stored(Drafts.in(Drafts.freshRoom()).of(visit).at(moment(4)).saying("4"));
        assertTexts(ofVisit(visit, new Newest(), 10), false, "1", "3", "4", "5", "6");
        assertTexts(ofVisit(visit, new Newest(), 2), true, "5", "6");
        assertTexts(ofVisit(visit, new Before(moment(5)), 2), true, "3", "4");
        assertTexts(ofVisit(visit, new Before(moment(5)), 3), false, "1", "3", "4");
        assertTexts(ofVisit(Drafts.freshVisit(), new Newest(), 3), false);
    }

    @Test
    default void aVisitPagedByBeforeShowsEachMessageOnce() {
        VisitId visit = Drafts.freshVisit();
        List<RoomId> rooms = List.of(Drafts.freshRoom(), Drafts.freshRoom(), Drafts.freshRoom());
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            // Ten messages share each moment, spread over the rooms.
            drafts.add(Drafts.in(rooms.get(i % 3)).of(visit).at(moment(i / 10)).saying("m" + i));
        }
        TestedMessageStore.appendTo(store(), drafts);
        List<String> seen = new ArrayList<>();
        HistoryPage page = ofVisit(visit, new Newest(), 7);
        while (true) {
            List<Message> messages = page.messages();
            assertThat(messages).isSortedAccordingTo((a, b) -> a.timestamp().compareTo(b.timestamp()));
            seen.addAll(TestedMessageStore.texts(messages).toList());
            if (!page.hasMore()) {
                break;
            }
            page = ofVisit(visit, new Before(messages.get(0).timestamp()), 7);
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        drafts.stream().map(Draft::text).toList());
    }

    @Test
    default void aPageEndsEarlyAtItsBytesButHoldsAtLeastOneMessage() {
        RoomId room = roomWith(5);
        int weight = newest(room).get(0).weight();
        assertPage(page(room, new Newest(), 5, weight * 3), true, 3, 4, 5);
        assertPage(page(room, new Newest(), 5, weight * 4 - 1), true, 3, 4, 5);
        assertPage(page(room, new Newest(), 5, weight * 5), false, 1, 2, 3, 4, 5);
        assertPage(page(room, new Newest(), 5, 1), true, 5);
        assertPage(page(room, new BeforeSeq(3), 5, weight), true, 2);
        assertPage(page(room, new BeforeSeq(2), 5, 1), false, 1);
        assertPage(page(room, new AfterSeq(1), 5, weight * 2), true, 2, 3);
        assertPage(page(room, new AfterSeq(4), 5, 1), false, 5);
    }

    @Test
    default void largeMessagesMakeShortPagesAndNoneIsLost() {
        RoomId room = Drafts.freshRoom();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= 150; i++) {
            drafts.add(Drafts.in(room).at(moment(i)).saying("\u4f60".repeat(10_000)));
        }
        TestedMessageStore.appendTo(store(), drafts);
        List<Long> seen = new ArrayList<>();
        HistoryPage page = page(room, new AfterSeq(0), HistoryQuery.MAX_LIMIT);
        while (page.hasMore()) {
            assertThat(page.messages().stream().mapToInt(Message::weight).sum()).isLessThanOrEqualTo(PLENTY);
            seen.addAll(TestedMessageStore.numbers(page.messages()));
            page = page(room, new AfterSeq(seen.get(seen.size() - 1)), HistoryQuery.MAX_LIMIT);
        }
        seen.addAll(TestedMessageStore.numbers(page.messages()));
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 150).boxed().toList());
    }

    private RoomId roomWith(int count) {
        RoomId room = Drafts.freshRoom();
        for (int i = 1; i <= count; i++) {
            stored(Drafts.in(room).at(moment(i)).saying("m" + i));
        }
        return room;
    }

    private static Instant moment(int index) {
        return Drafts.NOON.plusMillis(10L * index);
    }

    private HistoryPage page(RoomId room, HistoryQuery.Cursor cursor, int limit, int maxBytes) {
        return store().history(new HistoryQuery(new HistoryQuery.OfRoom(room), cursor, limit, maxBytes));
    }

    private HistoryPage ofVisit(VisitId visit, HistoryQuery.Cursor cursor, int limit) {
        return store().history(new HistoryQuery(new HistoryQuery.OfVisit(visit), cursor, limit, PLENTY));
    }

    private static void assertPage(HistoryPage page, boolean hasMore, long... numbers) {
        assertThat(TestedMessageStore.numbers(page.messages()))
                .isEqualTo(LongStream.of(numbers).boxed().toList());
        assertThat(page.hasMore()).isEqualTo(hasMore);
    }

    private static void assertTexts(HistoryPage page, boolean hasMore, String... texts) {
        assertThat(TestedMessageStore.texts(page.messages())).containsExactly(texts);
        assertThat(page.hasMore()).isEqualTo(hasMore);
    }
}
