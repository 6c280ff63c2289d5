package dev.realtime.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
    private static final int MAX_DATA = 16 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"a", "lab_results_ready", "a-z.0-9_", "0"})
    void aTypeHasSmallLettersDigitsAndAFewMarks(String type) {
        assertThat(Notice.of(type, "T", "M").priority()).isEqualTo(Priority.MEDIUM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a:b", "\u00e4", "a\\n"})
    void anyOtherTypeIsRefused(String type) {
        assertRefused("type", () -> Notice.of(type, "T", "M"));
    }

    @Test
    void aTypeHasOneToSixtyFourCharacters() {
        assertThat(Notice.of("t".repeat(64), "T", "M").type()).hasSize(64);
        assertRefused("type", () -> Notice.of("t".repeat(65), "T", "M"));
    }

    @Test
    void aTitleHasOneToTwoHundredCharacters() {
        assertThat(Notice.of("t", "\u00e4".repeat(200), "M").title()).hasSize(200);
        assertRefused("title", () -> Notice.of("t", "T".repeat(201), "M"));
        assertRefused("title", () -> Notice.of("t", "", "M"));
    }

    @Test
    void aMessageHasOneToTwoThousandCharacters() {
        assertThat(Notice.of("t", "T", "\ud83d\ude00".repeat(1_000)).message()).hasSize(2_000);
        assertRefused("message", () -> Notice.of("t", "T", "M".repeat(2_001)));
        assertRefused("message", () -> Notice.of("t", "T", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "half \ud83d", "\ude00 half", "\ude00\ud83d"})
    void textsThatNotEveryDatabaseKeepsAreRefused(String text) {
        assertRefused("title", () -> Notice.of("t", text, "M"));
        assertRefused("message", () -> Notice.of("t", "T", text));
    }

    @Test
    void dataAreAnyJsonOfSixteenKilobytesInUtf8() {
        Payload most = Payload.of("\u4f60".repeat((MAX_DATA - 2) / 3) + "x".repeat((MAX_DATA - 2) % 3));
        assertThat(most.size()).isEqualTo(MAX_DATA);
        assertThat(with(most).data()).contains(most);
        assertRefused("data", () -> with(Payload.of("x".repeat(MAX_DATA - 1))));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> with(Payload.of("x".repeat(MAX_DATA))))
                .withMessageContaining("16384");
        for (String json : new String[] {"0", "false", "\"\"", "[]", "{}", "{\"a\":null}"}) {
            assertThat(with(Payload.parse(json)).data()).contains(Payload.parse(json));
        }
    }

    @Test
    void nullIsNoData() {
        assertThat(with(Payload.parse("null")).data()).isEmpty();
    }

    @Test
    void dataThatNoClientCouldReadAreRefused() {
        assertThat(with(Payload.parse("[".repeat(32) + "]".repeat(32))).data()).isPresent();
        Payload deep = Payload.array(List.of(Payload.parse("[".repeat(32) + "]".repeat(32))));
        assertRefused("data", () -> with(deep));
        assertRefused("data", () -> with(Payload.of(Map.of("bytes", new byte[3]))));
    }

    @Test
    void anIdIsPrintableAscii() {
        assertThat(new NotificationId("!~".repeat(64)).value()).hasSize(128);
        for (String refused : new String[] {"", "a b", "\u00e4", "a\n", "x".repeat(129)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new NotificationId(refused));
        }
        assertThat(NotificationId.next(Instant.EPOCH).value())
                .matches("notif-00000000-0000-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    private static Notice with(Payload data) {
        return new Notice("t", Priority.LOW, "T", "M", Optional.of(data));
    }

    private static void assertRefused(String field, Runnable making) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(making::run)
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
