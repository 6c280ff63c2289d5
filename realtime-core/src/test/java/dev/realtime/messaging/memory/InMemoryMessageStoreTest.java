package dev.realtime.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.memory.InMemoryMessageStore.Bounds;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.MessageStoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InMemoryMessageStoreTest extends MessageStoreContract {
    private static final int PLENTY = 512 * 1024;

    private final MessageStore store = new InMemoryMessageStore();

    @Override
    public MessageStore store() {
        return store;
    }

    @Test
    void theOldestMessageOfAllRoomsIsForgottenFirst() {
        MessageStore small = new InMemoryMessageStore(new Bounds(3, PLENTY, 10, 1_000));
        RoomId one = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        small.append(List.of(
                Drafts.in(one).saying("1"),
                Drafts.in(other).saying("2"),
                Drafts.in(one).saying("3"),
                Drafts.in(one).saying("4")));
        assertThat(texts(small, one)).containsExactly("3", "4");
        assertThat(texts(small, other)).containsExactly("2");
        small.append(List.of(Drafts.in(one).saying("5")));
        assertThat(texts(small, one)).containsExactly("3", "4", "5");
        assertThat(texts(small, other)).isEmpty();
    }

    @Test
    void numbersGoOnAfterMessagesAreForgotten() {
        MessageStore small = new InMemoryMessageStore(new Bounds(1, PLENTY, 10, 1_000));
        RoomId room = Drafts.freshRoom();
        small.append(List.of(Drafts.in(room).saying("1"), Drafts.in(room).saying("2")));
        small.append(List.of(Drafts.in(Drafts.freshRoom()).saying("elsewhere")));
        assertThat(small.lastSeq(room)).isEqualTo(2);
        small.append(List.of(Drafts.in(room).saying("3")));
        assertThat(small.history(newestOf(new HistoryQuery.OfRoom(room))).messages())
                .extracting(Message::seq)
                .containsExactly(3L);
    }

    @Test
    void beyondItsBytesTheOldestGoesButTheNewestStays() {
        RoomId room = Drafts.freshRoom();
        Draft draft = Drafts.in(room).saying("x".repeat(1000));
        int weight = Message.of(draft, 1, Drafts.NOON).weight();
        MessageStore small = new InMemoryMessageStore(new Bounds(100, weight * 2L, 10, 1_000));
        for (int i = 0; i < 5; i++) {
            small.append(List.of(Drafts.in(room).saying("x".repeat(1000))));
        }
        assertThat(texts(small, room)).hasSize(2);
        small.append(List.of(Drafts.in(room).saying("y".repeat(9000))));
        assertThat(texts(small, room)).containsExactly("y".repeat(9000));
    }

    @Test
    void aForgottenMessageTakesItsClientMessageIdAndItsPlaceInTheVisitWithIt() {
        MessageStore small = new InMemoryMessageStore(new Bounds(1, PLENTY, 10, 1_000));
        RoomId room = Drafts.freshRoom();
        VisitId visit = Drafts.freshVisit();
        small.append(List.of(Drafts.in(room).of(visit).clientMessageId("c-1").saying("1")));
        small.append(List.of(Drafts.in(room).saying("2")));
        assertThat(small.history(newestOf(new HistoryQuery.OfVisit(visit))).messages())
                .isEmpty();
        assertThat(small.append(List.of(Drafts.in(room).clientMessageId("c-1").saying("1 again"))))
                .singleElement()
                .satisfies(
                        answer -> assertThat(((Appended.Stored) answer).isNew()).isTrue());
    }

    @Test
    void theRoomWrittenToLongestAgoIsForgottenWithItsMessages() {
        MessageStore small = new InMemoryMessageStore(new Bounds(100, PLENTY, 2, 1_000));
        RoomId one = Drafts.freshRoom();
        RoomId two = Drafts.freshRoom();
        RoomId three = Drafts.freshRoom();
        VisitId visit = Drafts.freshVisit();
        small.append(List.of(
                Drafts.in(one).saying("1"),
                Drafts.in(two).of(visit).saying("2"),
                Drafts.in(one).saying("3"),
                Drafts.in(three).saying("4")));
        assertThat(small.lastSeq(two)).isZero();
        assertThat(small.history(newestOf(new HistoryQuery.OfVisit(visit))).messages())
                .isEmpty();
        assertThat(texts(small, one)).containsExactly("1", "3");
        assertThat(texts(small, three)).containsExactly("4");
    }

    @Test
    void aRandomRunKeepsExactlyTheNewest() {
        Random random = new Random(20261123);
        MessageStore small = new InMemoryMessageStore(new Bounds(50, PLENTY, 20, 1_000));
        List<RoomId> rooms = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rooms.add(Drafts.freshRoom());
        }
        List<Draft> said = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Draft draft = Drafts.in(rooms.get(random.nextInt(7))).saying("m" + i);
            said.add(draft);
            small.append(List.of(draft));
        }
        List<Draft> kept = said.subList(1950, 2000);
        for (RoomId room : rooms) {
            assertThat(texts(small, room))
                    .isEqualTo(kept.stream()
                            .filter(draft -> draft.room().equals(room))
                            .map(Draft::text)
                            .toList());
        }
    }

    @Test
    void whoWasHeardOfLongestAgoHasReadNothing() {
        MessageStore small = new InMemoryMessageStore(new Bounds(100, PLENTY, 10, 3));
        RoomId room = new RoomId("chat:ana:ben");
        small.append(List.of(Drafts.in(room).from("ana").saying("hi")));
        small.mark(List.of(Marker.read(room, new UserId("ben"), 1)));
        assertThat(small.unread(new UserId("ben"), List.of(room), 9).total()).isZero();
        small.mark(List.of(Marker.read(room, new UserId("cat"), 1), Marker.read(room, new UserId("dan"), 1)));
        assertThat(small.unread(new UserId("ben"), List.of(room), 9).total()).isZero();
        small.mark(List.of(Marker.read(room, new UserId("eve"), 1)));
        assertThat(small.unread(new UserId("ben"), List.of(room), 9).total()).isEqualTo(1);
        assertThat(small.unread(new UserId("eve"), List.of(room), 9).total()).isZero();
    }

    @Test
    void aBoundIsAtLeastOne() {
        assertThatThrownBy(() -> new Bounds(0, 1, 1, 1_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static HistoryQuery newestOf(HistoryQuery.Source source) {
        return new HistoryQuery(source, new HistoryQuery.Newest(), HistoryQuery.MAX_LIMIT, PLENTY);
    }

    private static List<String> texts(MessageStore store, RoomId room) {
        return store.history(newestOf(new HistoryQuery.OfRoom(room))).messages().stream()
                .map(Message::text)
                .toList();
    }
}
