package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What went in comes back, to the last character. */
interface MessageFidelity extends TestedMessageStore {

    @Test
    default void textsComeBackAsTheyWentIn() {
        List<String> texts = List.of(
                "plain",
                " ",
                "  blanks before and after  ",
                "line\nline\r\nline\ttab\n",
                "quotes \" ' ` and $$ :name ? ?? {} \\ \\\\ \\n \\u0041 %s",
                "'); DROP TABLE realtime_message; --",
                "\u00e9\u00df\u4f60\u597d \u0645\u0631\u062d\u0628\u0627 \u200f\u200d",
                "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD834\uDD1E",
                "e\u0301 is not \u00e9",
                "\u0001\u001f\u007f\u0085\u2028\u2029\ufeff\ufffd",
                "\uD83D\uDE00".repeat(5000),
                "x".repeat(10_000));
        RoomId room = Drafts.freshRoom();
        List<Draft> drafts =
                texts.stream().map(text -> Drafts.in(room).saying(text)).toList();
        assertThat(TestedMessageStore.texts(TestedMessageStore.messages(TestedMessageStore.appendTo(store(), drafts))))
                .isEqualTo(texts);
        assertThat(TestedMessageStore.texts(newest(room))).isEqualTo(texts);
    }

    @Test
    default void absentFieldsStayAbsent() {
        Message read = readBack(Drafts.in(Drafts.freshRoom()).saying("bare"));
        assertThat(read.recipient()).isEmpty();
        assertThat(read.visit()).isEmpty();
        assertThat(read.clientMessageId()).isEmpty();
        assertThat(read.attachments()).isEmpty();
    }

    @Test
    default void presentFieldsComeBack() {
        VisitId visit = Drafts.freshVisit();
        Draft draft = Drafts.in(Drafts.freshRoom())
                .from("sender+1@example.org")
                .to("ben=|~")
                .of(visit)
                .clientMessageId("~ !\"#'\\")
                .with(List.of("https://example.org/?a=b&c=\"d\"", "", "NULL", "{\"a\":[1]}", "\uD83D\uDCCE"))
                .saying("full");
        Message read = readBack(draft);
        assertThat(read.id()).isEqualTo(draft.id());
        assertThat(read.sender()).isEqualTo(draft.sender());
        assertThat(read.recipient()).contains(new UserId("ben=|~"));
        assertThat(read.visit()).contains(visit);
        assertThat(read.clientMessageId()).contains("~ !\"#'\\");
        assertThat(read.attachments()).isEqualTo(draft.attachments());
    }

    @Test
    default void anEmptyListOfAttachmentsIsNotNone() {
        assertThat(readBack(Drafts.in(Drafts.freshRoom()).with(List.of()).saying("x"))
                        .attachments())
                .contains(List.of());
    }

    @Test
    default void metadataComesBackByteForByte() {
        List<String> values = List.of(
                "{}",
                "{\"senderRole\":\"patient\"}",
                "{\"b\":1,\"a\":{\"z\":null,\"y\":[null,true,false,[],{}]},\"c\":null}",
                "{\"n\":[0,-1,1.5,1e30,123456789012345678901234567890,0.1]}",
                "{\"\u00e9\":\"\u4f60\",\"emoji\":\"\uD83D\uDE00\",\"esc\":\"\\u0000\\u001f\\\"\\\\/\\n\"}",
                "{\"\":\" \",\"big\":\"" + "m".repeat(4000) + "\"}");
        for (String json : values) {
            Draft draft = Drafts.in(Drafts.freshRoom()).metadata(json).saying("x");
            Message read = readBack(draft);
            assertThat(read.metadata().json()).isEqualTo(draft.metadata().json());
            assertThat(read.metadata()).isEqualTo(draft.metadata());
        }
    }

    @Test
    default void theAnswerToAnAppendIsWhatIsReadLater() {
        Draft draft = Drafts.in(Drafts.freshRoom())
                .to("ben")
                .of(Drafts.freshVisit())
                .with(List.of("a"))
                .clientMessageId("c-1")
                .metadata("{\"k\":null}")
                .at(Drafts.NOON.plusNanos(987_654_321))
                .saying("whole");
        Message answered = stored(draft);
        assertThat(answered).isEqualTo(Message.of(draft, 1, Drafts.NOON.plusMillis(987)));
        assertThat(newest(draft.room())).containsExactly(answered);
    }

    private Message readBack(Draft draft) {
        stored(draft);
        List<Message> read = newest(draft.room());
        assertThat(read).hasSize(1);
        return read.get(0);
    }
}
