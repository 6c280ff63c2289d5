package dev.realtime.testkit;

import static dev.realtime.testkit.TestedMessageStore.appendTo;
import static dev.realtime.testkit.TestedMessageStore.messages;
import static dev.realtime.testkit.TestedMessageStore.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers and timestamps of a room, and what a second store on the same data makes of them. */
interface MessageNumbering extends TestedMessageStore {

    @Test
    default void aRoomBeginsAtOneAndHasNoGaps() {
        RoomId room = Drafts.freshRoom();
        assertThat(store().lastSeq(room)).isZero();
        for (long seq = 1; seq <= 5; seq++) {
            assertThat(stored(Drafts.in(room).saying("m" + seq)).seq()).isEqualTo(seq);
            assertThat(store().lastSeq(room)).isEqualTo(seq);
        }
        assertThat(numbers(newest(room))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    default void nothingAppendedIsNothingAnswered() {
        assertThat(store().append(List.of())).isEmpty();
    }

    @Test
    default void aBatchIsAnsweredAndNumberedInItsOrder() {
        RoomId room = Drafts.freshRoom();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            drafts.add(Drafts.in(room).from("user-" + i % 7).saying("m" + i));
        }
        List<Message> stored = messages(appendTo(store(), drafts));
        for (int i = 0; i < drafts.size(); i++) {
            assertThat(stored.get(i).id()).isEqualTo(drafts.get(i).id());
            assertThat(stored.get(i).seq()).isEqualTo(i + 1);
        }
        assertThat(newest(room)).isEqualTo(stored);
    }

    @Test
    default void eachRoomOfABatchHasItsOwnNumbers() {
        RoomId one = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        stored(Drafts.in(other).saying("before"));
        List<Message> stored = messages(append(
                Drafts.in(one).saying("a"),
                Drafts.in(other).saying("b"),
                Drafts.in(one).saying("c"),
                Drafts.in(other).saying("d")));
        assertThat(numbers(stored)).containsExactly(1L, 2L, 2L, 3L);
        assertThat(TestedMessageStore.texts(newest(one))).containsExactly("a", "c");
        assertThat(TestedMessageStore.texts(newest(other))).containsExactly("before", "b", "d");
    }

    @Test
    default void aMessageHasTheTimeProposedToTheMillisecond() {
        Instant fine = Drafts.NOON.plusNanos(123_999_999);
        Message stored = stored(Drafts.in(Drafts.freshRoom()).at(fine).saying("when"));
        assertThat(stored.timestamp()).isEqualTo(Drafts.NOON.plusMillis(123));
        assertThat(newest(stored.room())).containsExactly(stored);
    }

    @Test
    default void aTimestampIsNeverBeforeThatOfThePredecessor() {
        RoomId room = Drafts.freshRoom();
        Instant early = Drafts.NOON.minus(Duration.ofHours(1));
        List<Message> stored = new ArrayList<>();
        stored.add(stored(Drafts.in(room).at(Drafts.NOON).saying("1")));
        stored.add(stored(Drafts.in(room).at(early).saying("2")));
        stored.addAll(messages(append(
                Drafts.in(room).at(early).saying("3"),
                Drafts.in(room).at(Drafts.NOON.plusMillis(2)).saying("4"),
                Drafts.in(room).at(Drafts.NOON.plusMillis(1)).saying("5"))));
        assertThat(stored.stream().map(Message::timestamp))
                .containsExactly(
                        Drafts.NOON, Drafts.NOON, Drafts.NOON, Drafts.NOON.plusMillis(2), Drafts.NOON.plusMillis(2));
        assertThat(newest(room)).isEqualTo(stored);
    }

    @Test
    default void anotherStoreOnTheSameDataSeesTheMessagesAndGoesOnCounting() {
        MessageStore another = another().orElse(store());
        RoomId room = Drafts.freshRoom();
        Draft draft = Drafts.in(room).clientMessageId("c-1").saying("here");
        Message first = stored(draft);
        assertThat(another.lastSeq(room)).isEqualTo(1);
        assertThat(messages(appendTo(
                        another,
                        List.of(
                                Drafts.in(room).saying("there"),
                                Drafts.in(room).clientMessageId("c-1").saying("here")))))
                .extracting(Message::seq)
                .containsExactly(2L, 1L);
        assertThat(newest(room)).extracting(Message::text).containsExactly("here", "there");
        assertThat(newest(room).get(0)).isEqualTo(first);
    }
}
