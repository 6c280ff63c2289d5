package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is writing, as clients see it (CONTRACT 4.5). */
class TypingTest {
    private static final String ROOM = "chat:ana:ben";
    private static final String TO_ROOM = "{\"roomId\":\"chat:ana:ben\"}";

    private final TestNode node = new TestNode(builder ->
            builder.messagePolicy((sender, recipient) -> !recipient.value().equals("shy")));

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"typing:start", "typing:stop"})
    void theRoomHearsAndTheSendingSessionDoesNot(String event) {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient anasOther = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        TestClient elsewhere = node.client("ben/provider");
        node.time.advance(Duration.ofMillis(628));
        assertThat(ana.ask(event, "{\"roomId\":\"chat:ana:ben\",\"recipientId\":\"cat\"}"))
                .isEqualTo(json("{'success':true}"));
        Payload heard = json("{'userId':'ana','userRole':'patient','roomId':'chat:ana:ben',"
                + "'timestamp':'2026-11-23T09:15:48.628Z'}");
        assertThat(ben.next(event)).isEqualTo(heard);
        assertThat(anasOther.next(event)).isEqualTo(heard);
        ana.settle();
        elsewhere.settle();
        assertThat(ana.events(event)).isEmpty();
        assertThat(elsewhere.events(event)).isEmpty();
    }

    @Test
    void aRecipientHearsOnAllDevicesInNoRoom() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient adm = node.clientIn(ROOM, "adm/admin");
        TestClient ben = node.client("ben/provider");
        TestClient bensOther = node.client("ben/provider");
        ana.ask("typing:start", "{\"recipientId\":\"ben\"}");
        assertThat(text(ben.next("typing:start"), "roomId")).isEqualTo(ROOM);
        assertThat(text(bensOther.next("typing:start"), "roomId")).isEqualTo(ROOM);
        adm.settle();
        assertThat(adm.events("typing:start")).isEmpty();
    }

    @Test
    void whoDoesNotSayItAgainHasStoppedAfterTenSeconds() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        ana.ask("typing:start", TO_ROOM);
        node.time.advance(Duration.ofSeconds(6));
        ana.ask("typing:start", TO_ROOM);
        node.time.advance(Duration.ofMillis(9_999));
        ben.settle();
        assertThat(ben.events("typing:start")).hasSize(2);
        assertThat(ben.events("typing:stop")).isEmpty();
        node.time.advance(Duration.ofMillis(1));
        assertThat(ben.next("typing:stop"))
                .isEqualTo(json("{'userId':'ana','userRole':'patient','roomId':'chat:ana:ben',"
                        + "'timestamp':'2026-11-23T09:16:04.000Z'}"));
        node.time.advance(Duration.ofSeconds(20));
        ben.settle();
        assertThat(ben.events("typing:stop")).hasSize(1);
        assertThat(node.realtime.typing().count()).isZero();
    }

    @Test
    void whoHasStoppedIsNotStoppedAgain() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        ana.ask("typing:start", TO_ROOM);
        ana.ask("typing:stop", TO_ROOM);
        assertThat(node.realtime.typing().count()).isZero();
        node.time.advance(Duration.ofSeconds(20));
        ben.settle();
        assertThat(ben.events("typing:stop")).hasSize(1);
    }

    @Test
    void theEndOfASessionEndsItsTypingAtOnce() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        ana.ask("typing:start", TO_ROOM);
        ana.ask("typing:start", "{\"recipientId\":\"ben\"}");
        ana.lose();
        assertThat(text(ben.next("typing:stop"), "userId")).isEqualTo("ana");
        TestNode.soon(() -> node.realtime.typing().count() == 0);
    }

    @Test
    void theRightIsThatOfSending() {
        TestClient eve = node.client("eve/patient");
        TestClient ana = node.client("ana/patient");
        assertThat(eve.ask("typing:start", TO_ROOM))
                .isEqualTo(json("{'success':false,'error':'Access denied to this room','code':'access_denied'}"));
        assertThat(ana.ask("typing:start", "{\"recipientId\":\"shy\"}"))
                .isEqualTo(json("{'success':false,'error':'Access denied to this user','code':'access_denied'}"));
        node.clientIn("chat:ana:shy", "shy/patient");
        TestClient inRoom = node.clientIn("chat:ana:shy", "ana/patient");
        assertThat(inRoom.ask("typing:start", "{\"roomId\":\"chat:ana:shy\"}"))
                .isEqualTo(json("{'success':false,'error':'Access denied to this room','code':'access_denied'}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"{}|roomId", "{'roomId':5}|roomId", "{'recipientId':'a b'}|recipientId", "[]|payload"})
    void badFieldsAreNamed(String payload, String field) {
        assertThat(node.client("ana/patient").ask("typing:start", payload.replace('\'', '"')))
                .isEqualTo(json(
                        "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field));
    }

    @Test
    void whoWritesInTooManyRoomsHasStoppedInTheFirst() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("b0/provider");
        for (int i = 0; i < 21; i++) {
            ana.ask("typing:start", "{\"recipientId\":\"b%d\"}".formatted(i));
        }
        assertThat(text(ben.next("typing:stop"), "roomId")).isEqualTo("chat:ana:b0");
    }
}
