package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One message stands for all drafts with the same room, sender and client message id. */
interface MessageRetries extends TestedMessageStore {

    @Test
    default void aRetryStoresOnceAndGivesTheFirstMessage() {
        RoomId room = Drafts.freshRoom();
        VisitId visit = Drafts.freshVisit();
        Message first = stored(Drafts.in(room)
                .to("ben")
                .of(visit)
                .with(List.of("file-1", "file-2"))
                .metadata("{\"a\":null,\"b\":\"\u00e9\"}")
                .clientMessageId("c-1")
                .saying("first"));
        Draft retry = Drafts.in(room)
                .clientMessageId("c-1")
                .at(Drafts.NOON.plusSeconds(9))
                .saying("again");
        assertThat(append(retry)).containsExactly(new Appended.Stored(first, false));
        assertThat(store().lastSeq(room)).isEqualTo(1);
        assertThat(newest(room)).containsExactly(first);
    }

    @Test
    default void theVerySameDraftIsItsOwnRetry() {
        Draft draft = Drafts.in(Drafts.freshRoom()).clientMessageId("c-1").saying("once");
        Message first = stored(draft);
        for (int i = 0; i < 5; i++) {
            assertThat(append(draft)).containsExactly(new Appended.Stored(first, false));
        }
    }

    @Test
    default void aRetryOfAMessageWithoutAttachmentsStillHasNone() {
        RoomId room = Drafts.freshRoom();
        stored(Drafts.in(room).clientMessageId("none").saying("x"));
        stored(Drafts.in(room).with(List.of()).clientMessageId("empty").saying("y"));
        Draft none = Drafts.in(room).with(List.of("z")).clientMessageId("none").saying("x");
        Draft empty = Drafts.in(room).clientMessageId("empty").saying("y");
        assertThat(append(none).get(0).message().attachments()).isEmpty();
        assertThat(append(empty).get(0).message().attachments()).contains(List.of());
    }

    @Test
    default void anotherSenderOrRoomWithTheSameClientMessageIdIsAnotherMessage() {
        RoomId room = Drafts.freshRoom();
        RoomId elsewhere = Drafts.freshRoom();
        List<Appended.Stored> answers = append(
                Drafts.in(room).from("ana").clientMessageId("c-1").saying("1"),
                Drafts.in(room).from("ben").clientMessageId("c-1").saying("2"),
                Drafts.in(elsewhere).from("ana").clientMessageId("c-1").saying("3"));
        assertThat(answers).extracting(Appended.Stored::isNew).containsExactly(true, true, true);
        assertThat(answers).extracting(answer -> answer.message().seq()).containsExactly(1L, 2L, 1L);
    }

    @Test
    default void clientMessageIdsDifferInCase() {
        RoomId room = Drafts.freshRoom();
        List<Appended.Stored> answers = append(
                Drafts.in(room).clientMessageId("c-a").saying("1"),
                Drafts.in(room).clientMessageId("c-A").saying("2"));
        assertThat(answers).extracting(Appended.Stored::isNew).containsExactly(true, true);
    }

    @Test
    default void draftsWithoutClientMessageIdAreNeverRetries() {
        RoomId room = Drafts.freshRoom();
        List<Appended.Stored> answers =
                append(Drafts.in(room).saying("same"), Drafts.in(room).saying("same"));
        assertThat(answers).extracting(Appended.Stored::isNew).containsExactly(true, true);
        assertThat(store().lastSeq(room)).isEqualTo(2);
    }

    @Test
    default void aRetryInTheSameBatchIsRecognised() {
        RoomId room = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        List<Appended.Stored> answers = append(
                Drafts.in(room).clientMessageId("c-1").saying("first"),
                Drafts.in(other).clientMessageId("c-1").saying("elsewhere"),
                Drafts.in(room).clientMessageId("c-1").saying("again"),
                Drafts.in(room).saying("next"),
                Drafts.in(room).clientMessageId("c-1").saying("and again"));
        assertThat(answers).extracting(Appended.Stored::isNew).containsExactly(true, true, false, true, false);
        assertThat(answers).extracting(answer -> answer.message().seq()).containsExactly(1L, 1L, 1L, 2L, 1L);
        assertThat(answers.get(2).message()).isEqualTo(answers.get(0).message());
        assertThat(newest(room)).extracting(Message::text).containsExactly("first", "next");
    }

    @Test
    default void newAndRepeatedDraftsOfOneBatchLeaveNoGap() {
        RoomId room = Drafts.freshRoom();
        stored(Drafts.in(room).clientMessageId("c-1").saying("first"));
        List<Appended.Stored> answers = append(
                Drafts.in(room).clientMessageId("c-2").saying("second"),
                Drafts.in(room).clientMessageId("c-1").saying("first again"),
                Drafts.in(room).clientMessageId("c-3").saying("third"));
        assertThat(answers).extracting(answer -> answer.message().seq()).containsExactly(2L, 1L, 3L);
        assertThat(answers).extracting(Appended.Stored::isNew).containsExactly(true, false, true);
        assertThat(store().lastSeq(room)).isEqualTo(3);
    }
}
