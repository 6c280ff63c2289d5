package dev.realtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewMessageTest {
    private static final Target BEN = new Target.ToUser(new UserId("ben"));

    @Test
    void aTextHasOneToTenThousandCharacters() {
        assertThat(saying("x").text()).isEqualTo("x");
        assertThat(saying("\ud83d\ude00".repeat(5_000)).text()).hasSize(10_000);
        assertRefused("message", () -> saying("x".repeat(10_001)));
        assertRefused("message", () -> saying(" \u2003\n"));
        assertRefused("message", () -> saying(""));
        assertRefused("message", () -> saying("a\0b"));
    }

    @Test
    void thereAreAtMostTwentyAttachmentsOfTwoThousandCharacters() {
        List<String> most = Collections.nCopies(20, "u".repeat(2_048));
        assertThat(with(most).attachments()).hasValue(most);
        assertThat(with(List.of("")).attachments()).hasValue(List.of(""));
        assertRefused("attachments", () -> with(Collections.nCopies(21, "u")));
        assertRefused("attachments", () -> with(List.of("u".repeat(2_049))));
        assertRefused("attachments", () -> with(List.of("\0")));
    }

    @Test
    void metadataIsAnObjectOfFourKilobytesInUtf8() {
        assertThat(with(Payload.object().put("a", "x".repeat(4_088)).end())
                        .metadata()
                        .size())
                .isEqualTo(4_096);
        assertRefused(
                "metadata",
                () -> with(Payload.object().put("a", "x".repeat(4_089)).end()));
        assertRefused(
                "metadata",
                () -> with(Payload.object().put("a", "\u20ac".repeat(1_363)).end()));
        assertRefused("metadata", () -> with(Payload.parse("[]")));
    }

    @Test
    void aClientMessageIdIsPrintableAscii() {
        assertThat(withId("x".repeat(64)).clientMessageId()).isPresent();
        assertThat(withId(" ~").clientMessageId()).isPresent();
        for (String wrong : List.of("", "x".repeat(65), "\u007f", "\t", "\u00e9")) {
            assertRefused("clientMessageId", () -> withId(wrong));
        }
    }

    @Test
    void theRoomOfAVisitTakesNoOtherVisit() {
        Target room = new Target.ToRoom(new RoomId("visit:v1"));
        assertThat(to(room, Optional.of(new VisitId("v1"))).visit()).isPresent();
        assertThat(to(room, Optional.empty()).visit()).isEmpty();
        assertRefused("visitId", () -> to(room, Optional.of(new VisitId("v2"))));
        assertThat(to(new Target.ToRoom(new RoomId("visits")), Optional.of(new VisitId("v2")))
                        .visit())
                .isPresent();
    }

    private static NewMessage saying(String text) {
        return message(BEN, Optional.empty(), Optional.empty(), text, Optional.empty(), Payload.emptyObject());
    }

    private static NewMessage with(List<String> attachments) {
        return message(BEN, Optional.empty(), Optional.empty(), "a", Optional.of(attachments), Payload.emptyObject());
    }

    private static NewMessage with(Payload metadata) {
        return message(BEN, Optional.empty(), Optional.empty(), "a", Optional.empty(), metadata);
    }

    private static NewMessage withId(String id) {
        return message(BEN, Optional.empty(), Optional.of(id), "a", Optional.empty(), Payload.emptyObject());
    }

    private static NewMessage to(Target target, Optional<VisitId> visit) {
        return message(target, visit, Optional.empty(), "a", Optional.empty(), Payload.emptyObject());
    }

    private static NewMessage message(
            Target target,
            Optional<VisitId> visit,
            Optional<String> clientMessageId,
            String text,
            Optional<List<String>> attachments,
            Payload metadata) {
        return new NewMessage(target, Optional.empty(), visit, clientMessageId, text, attachments, metadata);
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
