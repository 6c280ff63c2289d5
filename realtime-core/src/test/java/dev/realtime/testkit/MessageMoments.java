package dev.realtime.testkit;

import static dev.realtime.testkit.TestedMessageStore.numbers;
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
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pages where many messages share one millisecond. */
interface MessageMoments extends TestedMessageStore {
    /** How many messages the large rooms hold, of which {@link #TIED} share the moment of number {@link #FIRST_TIED}. */
    int MANY = 1000;

    int FIRST_TIED = 401;
    int TIED = 300;

    @Test
    default void aPageReadByTimeDoesNotSplitAMillisecond() {
        RoomId room = roomWithMoments(1, 2, 2, 2, 3, 3);
        assertThat(numbers(page(room, new Newest(), 1).messages())).containsExactly(5L, 6L);
        assertThat(page(room, new Newest(), 1).hasMore()).isTrue();
        assertThat(numbers(page(room, new Newest(), 3).messages())).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(numbers(page(room, new Before(moment(3)), 1).messages())).containsExactly(2L, 3L, 4L);
        assertThat(page(room, new Before(moment(3)), 1).hasMore()).isTrue();
        assertThat(page(room, new Before(moment(2)), 1).hasMore()).isFalse();
    }

    @Test
    default void nothingIsLeftWhenTheMillisecondIsTheLast() {
        RoomId room = roomWithMoments(1, 1, 1);
        assertThat(numbers(page(room, new Newest(), 1).messages())).containsExactly(1L, 2L, 3L);
        assertThat(page(room, new Newest(), 1).hasMore()).isFalse();
    }

    @Test
    default void aPageReadByNumberSplitsAMillisecond() {
        RoomId room = roomWithMoments(1, 1, 1);
        assertThat(numbers(page(room, new BeforeSeq(4), 2).messages())).containsExactly(2L, 3L);
        assertThat(page(room, new BeforeSeq(4), 2).hasMore()).isTrue();
        assertThat(numbers(page(room, new AfterSeq(0), 2).messages())).containsExactly(1L, 2L);
        assertThat(page(room, new AfterSeq(0), 2).hasMore()).isTrue();
    }

    @Test
    default void aMillisecondThatDoesNotFitIsLeftForTheNextPage() {
        RoomId room = roomWithMoments(1, 2, 2, 2, 3);
        int weight = newest(room).get(0).weight();
        HistoryPage page = page(room, new Newest(), 5, weight * 3);
        assertThat(numbers(page.messages())).containsExactly(5L);
        assertThat(page.hasMore()).isTrue();
        HistoryPage next = page(room, new Before(moment(3)), 5, weight * 3);
        assertThat(numbers(next.messages())).containsExactly(2L, 3L, 4L);
        assertThat(next.hasMore()).isTrue();
    }

    @Test
    default void aMillisecondLargerThanAPageIsSplit() {
        RoomId room = roomWithMoments(1, 2, 2, 2);
        int weight = newest(room).get(0).weight();
        HistoryPage page = page(room, new Newest(), 5, weight * 2);
        assertThat(numbers(page.messages())).containsExactly(3L, 4L);
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    default void pagedByBeforeEachOfManyIsShownOnce() {
        RoomId room = largeRoom(Drafts.freshVisit());
        pagesBack(page(room, new Newest(), 50), first -> page(room, new Before(first.timestamp()), 50));
    }

    @Test
    default void pagedByBeforeSeqEachOfManyIsShownOnce() {
        RoomId room = largeRoom(Drafts.freshVisit());
        pagesBack(page(room, new Newest(), 50), first -> page(room, new BeforeSeq(first.seq()), 50));
    }

    @Test
    default void pagedByVisitEachOfManyIsShownOnce() {
        VisitId visit = Drafts.freshVisit();
        largeRoom(visit);
        HistoryQuery.Source source = new HistoryQuery.OfVisit(visit);
        pagesBack(
                store().history(new HistoryQuery(source, new Newest(), 50, PLENTY)),
                first -> store().history(new HistoryQuery(source, new Before(first.timestamp()), 50, PLENTY)));
    }

    @Test
    default void pagedByAfterSeqEachOfManyIsShownOnce() {
        RoomId room = largeRoom(Drafts.freshVisit());
        List<Long> seen = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            HistoryPage page = page(room, new AfterSeq(seen.isEmpty() ? 0 : seen.get(seen.size() - 1)), 50);
            seen.addAll(numbers(page.messages()));
            hasMore = page.hasMore();
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, MANY).boxed().toList());
    }

    private static void pagesBack(HistoryPage newest, Function<Message, HistoryPage> before) {
        List<Long> seen = new ArrayList<>();
        HistoryPage page = newest;
        while (true) {
            seen.addAll(0, numbers(page.messages()));
            if (!page.hasMore()) {
                break;
            }
            page = before.apply(page.messages().get(0));
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, MANY).boxed().toList());
    }

    private RoomId largeRoom(VisitId visit) {
        RoomId room = Drafts.freshRoom();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            boolean tied = i >= FIRST_TIED && i < FIRST_TIED + TIED;
            drafts.add(
                    Drafts.in(room).of(visit).at(moment(tied ? FIRST_TIED : i)).saying("m" + i));
        }
        TestedMessageStore.appendTo(store(), drafts);
        return room;
    }

    private RoomId roomWithMoments(int... moments) {
        RoomId room = Drafts.freshRoom();
        for (int moment : moments) {
            stored(Drafts.in(room).at(moment(moment)).saying("m"));
        }
        return room;
    }

    private static Instant moment(int index) {
        return Drafts.NOON.plusMillis(index);
    }

    private HistoryPage page(RoomId room, HistoryQuery.Cursor cursor, int limit, int maxBytes) {
        return store().history(new HistoryQuery(new HistoryQuery.OfRoom(room), cursor, limit, maxBytes));
    }
}
