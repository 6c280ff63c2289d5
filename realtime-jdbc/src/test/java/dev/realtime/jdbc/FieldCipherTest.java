package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import dev.realtime.testkit.Drafts;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldCipherTest {
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "ENC:",
            "RAW:",
            "RAW:ENC:v1:a",
            "ENC:v1:x:y:z",
            FieldCipher.of("k").seal("forged"));

    @TempDir
    Path folder;

    @Test
    void everyTextComesBackWhateverItLooksLike() {
        for (String text : TEXTS) {
            assertThat(FieldCipher.OFF.open(FieldCipher.OFF.seal(text))).isEqualTo(text);
            FieldCipher cipher = FieldCipher.of("key");
            assertThat(cipher.open(cipher.seal(text))).isEqualTo(text);
            assertThat(cipher.open(FieldCipher.OFF.seal(text))).isEqualTo(text);
        }
    }

    @Test
    void aSealedTextHasTheFormAndNeverTheSameTwice() {
        FieldCipher cipher = FieldCipher.of("key");
        assertThat(cipher.seal("text"))
                .matches("ENC:v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]+={0,2}")
                .isNotEqualTo(cipher.seal("text"));
    }

    @Test
    void olderKeysOpenAndOthersDoNot() {
        String stored = FieldCipher.of("old").seal("secret words");
        assertThat(FieldCipher.of("new", "older", "old").open(stored)).isEqualTo("secret words");
        for (FieldCipher other : List.of(FieldCipher.OFF, FieldCipher.of("new-key"))) {
            assertThatThrownBy(() -> other.open(stored))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContainingAny("secret words", "new-key", stored);
        }
    }

    @Test
    void theColumnHoldsNoTextAndOldRowsStayReadable() {
        try (HikariDataSource source = Databases.h2(folder)) {
            JdbcStorage plain = JdbcStorage.on(source);
            plain.migrate();
            RoomId room = Drafts.freshRoom();
            TEXTS.forEach(
                    text -> plain.messages().append(List.of(Drafts.in(room).saying(text))));
            JdbcStorage sealing = plain.encrypting("key");
            sealing.messages().append(List.of(Drafts.in(room).saying("secret words")));
            assertThat(sealing.messages()
                            .history(new HistoryQuery(
                                    new HistoryQuery.OfRoom(room), new HistoryQuery.Newest(), 50, 1 << 20))
                            .messages())
                    .extracting(Message::text)
                    .startsWith(TEXTS.toArray(String[]::new))
                    .endsWith("secret words");
            String body = Jdbi.create(source)
                    .withHandle(
                            handle -> handle.createQuery("SELECT body FROM realtime_message ORDER BY seq DESC LIMIT 1")
                                    .mapTo(String.class)
                                    .one());
            assertThat(body).startsWith("ENC:v1:").doesNotContain("secret words");
        }
    }
}
