package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receipts and what is unread, as clients see them (CONTRACT 4.4). */
class ReceiptsTest {
    private static final String ROOM = "chat:ana:ben";

    private final FragileMessageStore store = new FragileMessageStore();
    private final TestNode node = new TestNode(builder -> builder.messages(store));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aReceiptWithARoomIsHeardThereByAllButTheReadersSession() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        TestClient bensOther = node.clientIn(ROOM, "ben/provider");
        TestClient elsewhere = node.client("ana/patient");
        String id = send(ana, "'recipientId':'ben'");
        node.time.advance(Duration.ofMillis(627));
        assertThat(ask(ben, "message:received", "'messageId':'%s','roomId':'%s'", id, ROOM))
                .isEqualTo(json("{'success':true}"));
        Payload delivered = json(
                "{'messageId':'%s','userId':'ben','roomId':'chat:ana:ben','timestamp':'2026-11-23T09:15:48.627Z'}", id);
        assertThat(ana.next("message:delivered")).isEqualTo(delivered);
        node.time.advance(Duration.ofSeconds(1));
        assertThat(bensOther.next("message:delivered")).isEqualTo(delivered);
        ask(ben, "message:read", "'messageIds':['%s'],'roomId':'%s'", id, ROOM);
        Payload read = json(
                "{'messageIds':['%s'],'userId':'ben','roomId':'chat:ana:ben','timestamp':'2026-11-23T09:15:49.627Z'}",
                id);
        assertThat(ana.next("message:read")).isEqualTo(read);
        node.time.advance(Duration.ofSeconds(1));
        assertThat(bensOther.next("message:read")).isEqualTo(read);
        settle(ben, elsewhere);
        assertThat(ben.events("message:delivered")).isEmpty();
        assertThat(ben.events("message:read")).isEmpty();
        assertThat(elsewhere.events("message:read")).isEmpty();
    }

    @Test
    void withARoomTheIdsAreRelayedAsGivenAndOnlyThoseOfTheRoomAreStored() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        send(ana, "'recipientId':'ben'");
        String elsewhere = send(ana, "'recipientId':'cat'");
        ask(ben, "message:read", "'messageIds':['%s','local-7'],'roomId':'%s'", elsewhere, ROOM);
        assertThat(ana.next("message:read").get("messageIds").orElseThrow())
                .isEqualTo(json("['%s','local-7']", elsewhere));
        assertThat(status(ana, "'roomId':'%s'", ROOM)).containsExactly("sent");
        assertThat(status(ana, "'recipientId':'cat'")).containsExactly("sent");
    }

    @Test
    void withoutARoomEachSenderHearsOncePerRoomOnAllDevices() {
        TestClient ana = node.client("ana/patient");
        TestClient anasOther = node.client("ana/patient");
        TestClient adm = node.client("adm/admin");
        TestClient ben = node.client("ben/provider");
        String first = send(ana, "'recipientId':'ben'");
        String second = send(ana, "'recipientId':'ben'");
        String byAdmin = send(adm, "'roomId':'chat:ana:ben'");
        String inOther = send(ana, "'roomId':'chat:ana:ben:cat'");
        ask(
                ben,
                "message:read",
                "'messageIds':['%s','%s','%s','%s','01a207b0-b3da-7ca0-9f2c-95aa144c1d0f','no id']",
                inOther,
                second,
                byAdmin,
                first);
        node.time.advance(Duration.ofSeconds(1));
        for (TestClient device : List.of(ana, anasOther)) {
            device.settle();
            assertThat(device.events("message:read"))
                    .extracting(event -> text(event, "roomId"))
                    .containsExactlyInAnyOrder("chat:ana:ben", "chat:ana:ben:cat");
            assertThat(ids(device, "chat:ana:ben")).containsExactlyInAnyOrder(first, second);
            assertThat(ids(device, "chat:ana:ben:cat")).containsExactly(inOther);
        }
        settle(adm, ben);
        assertThat(ids(adm, "chat:ana:ben")).containsExactly(byAdmin);
        assertThat(ben.events("message:read")).isEmpty();
    }

    @Test
    void whoReadsWhatHeSentHearsOfItOnHisOtherDevices() {
        TestClient ana = node.client("ana/patient");
        TestClient other = node.client("ana/patient");
        String id = send(ana, "'recipientId':'ben'");
        ask(ana, "message:read", "'messageIds':['%s']", id);
        assertThat(ids(other.next("message:read"))).containsExactly(id);
        ana.settle();
        assertThat(ana.events("message:read")).isEmpty();
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("sent");
    }

    @Test
    void receiptsInRoomsOfOthersAreIgnored() {
        TestClient ana = node.client("ana/patient");
        TestClient eve = node.client("eve/patient");
        String id = send(ana, "'recipientId':'ben'");
        assertThat(ask(eve, "message:read", "'messageIds':['%s']", id)).isEqualTo(json("{'success':true}"));
        assertThat(ask(eve, "message:received", "'messageId':'%s'", id)).isEqualTo(json("{'success':true}"));
        assertThat(ask(eve, "message:read", "'messageIds':['%s'],'roomId':'%s'", id, ROOM))
                .isEqualTo(json("{'success':false,'error':'Access denied to this room','code':'access_denied'}"));
        settle(ana);
        assertThat(ana.events("message:read")).isEmpty();
        assertThat(ana.events("message:delivered")).isEmpty();
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("sent");
    }

    @Test
    void statusGrowsAndAnOlderReceiptMovesNothingBack() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        String first = send(ana, "'recipientId':'ben'");
        String second = send(ana, "'recipientId':'ben'");
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("sent", "sent");
        ask(ben, "message:received", "'messageId':'%s'", second);
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("delivered", "delivered");
        ask(ben, "message:read", "'messageIds':['%s']", first);
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("read", "delivered");
        ask(ben, "message:read", "'messageIds':['%s']", second);
        ask(ben, "message:read", "'messageIds':['%s']", first);
        ask(ben, "message:received", "'messageId':'%s'", first);
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("read", "read");
        assertThat(unread(ben))
                .isEqualTo(json("{'success':true,'rooms':[{'roomId':'chat:ana:ben','unread':0,'lastSeq':2,"
                        + "'lastReadSeq':2}],'total':0}"));
    }

    @Test
    void unreadListsTheRoomsOfAUserNewestFirst() {
        node.visit("v1", "ana", "ben");
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        assertThat(unread(ben)).isEqualTo(json("{'success':true,'rooms':[],'total':0}"));
        send(ana, "'recipientId':'ben'");
        node.time.advance(Duration.ofMillis(5));
        send(ana, "'visitId':'v1'");
        String last = send(ana, "'visitId':'v1'");
        assertThat(unread(ben))
                .isEqualTo(json("{'success':true,'rooms':["
                        + "{'roomId':'visit:v1','unread':2,'lastSeq':2,'lastReadSeq':0},"
                        + "{'roomId':'chat:ana:ben','unread':1,'lastSeq':1,'lastReadSeq':0}],'total':3}"));
        ask(ben, "message:read", "'messageIds':['%s']", last);
        assertThat(unread(ben).get("total")).contains(json("1"));
        assertThat(unread(ana).get("total")).contains(json("0"));
        assertThat(unread(node.client("eve/patient"))).isEqualTo(json("{'success':true,'rooms':[],'total':0}"));
    }

    @Test
    void fiveHundredRoomsAreListedAndAllAreCounted() {
        TestClient ana = node.client("ana/patient");
        for (int i = 0; i < 501; i++) {
            send(ana, "'recipientId':'ben','roomId':'chat:ana:ben:%d'".formatted(i));
        }
        Payload unread = unread(node.client("ben/provider"));
        assertThat(unread.get("rooms").orElseThrow().elements()).hasSize(500);
        assertThat(unread.get("total")).contains(json("501"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "message:received|{}|messageId",
                "message:received|{'messageId':7}|messageId",
                "message:received|{'messageId':''}|messageId",
                "message:received|{'messageId':'x','roomId':''}|roomId",
                "message:read|{}|messageIds",
                "message:read|{'messageIds':'x'}|messageIds",
                "message:read|{'messageIds':[1]}|messageIds",
                "message:read|{'messageIds':['']}|messageIds",
                "message:read|[]|payload",
            },
            delimiter = '|')
    void badFieldsAreNamed(String event, String payload, String field) {
        assertThat(node.client("ana/patient").ask(event, payload.replace('\'', '"')))
                .isEqualTo(json(
                        "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field));
    }

    @Test
    void fiveHundredIdsArePassedAndNoMore() {
        TestClient ana = node.client("ana/patient");
        assertThat(ask(ana, "message:read", "'messageIds':[%s]", names(500))).isEqualTo(json("{'success':true}"));
        assertThat(ask(ana, "message:read", "'messageIds':[%s]", names(501)).get("field"))
                .contains(json("'messageIds'"));
    }

    @Test
    void anIdHasAtMostOneHundredTwentyEightCharacters() {
        TestClient ana = node.client("ana/patient");
        assertThat(ask(ana, "message:received", "'messageId':'%s'", "x".repeat(128)))
                .isEqualTo(json("{'success':true}"));
        assertThat(ask(ana, "message:received", "'messageId':'%s'", "x".repeat(129))
                        .get("field"))
                .contains(json("'messageId'"));
    }

    @ParameterizedTest
    @CsvSource({"FAILING,unavailable", "THROWING,internal", "DYING,internal"})
    void aStoreThatFailsIsToldAndNothingIsAnnounced(FragileMessageStore.Mood mood, String code) {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        String id = send(ana, "'recipientId':'ben'");
        store.mood = mood;
        assertThat(ask(ben, "message:read", "'messageIds':['%s'],'roomId':'%s'", id, ROOM))
                .isEqualTo(json("{'success':false,'error':'Failed to store receipt','code':'%s'}", code));
        assertThat(ask(ben, "message:received", "'messageId':'%s'", id))
                .isEqualTo(json("{'success':false,'error':'Failed to store receipt','code':'%s'}", code));
        assertThat(unread(ben))
                .isEqualTo(json("{'success':false,'error':'Failed to get unread messages','code':'%s'}", code));
        store.mood = FragileMessageStore.Mood.WELL;
        settle(ana);
        assertThat(ana.events("message:read")).isEmpty();
        ask(ben, "message:read", "'messageIds':['%s'],'roomId':'%s'", id, ROOM);
        assertThat(ids(ana.next("message:read"))).containsExactly(id);
    }

    @Test
    void anEmptyListIsNoReceipt() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        assertThat(ask(ben, "message:read", "'messageIds':[],'roomId':'%s'", ROOM))
                .isEqualTo(json("{'success':true}"));
        assertThat(ask(ben, "message:read", "'messageIds':[]")).isEqualTo(json("{'success':true}"));
        settle(ana);
        assertThat(ana.events("message:read")).isEmpty();
    }

    @Test
    void theHostMarksAsReadWhateverTheUsersRights() {
        TestClient ana = node.client("ana/patient");
        String id = send(ana, "'recipientId':'ben'");
        node.realtime
                .messages()
                .markRead(new UserId("eve"), List.of(id))
                .toCompletableFuture()
                .join();
        assertThat(text(ana.next("message:read"), "userId")).isEqualTo("eve");
        assertThat(status(ana, "'recipientId':'ben'")).containsExactly("read");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));
    }

    private static String send(TestClient from, String fields) {
        Payload ack = ask(from, "message:send", "'message':'hi'," + fields);
        return text(ack.get("message").orElseThrow(), "id");
    }

    private static Payload ask(TestClient client, String event, String fields, Object... values) {
        return client.ask(event, ("{" + fields + "}").formatted(values).replace('\'', '"'));
    }

    private static Payload unread(TestClient client) {
        return client.ask("message:unread", "{}");
    }

    private static List<String> status(TestClient client, String fields, Object... values) {
        return ask(client, "message:history", fields, values).get("messages").orElseThrow().elements().stream()
                .map(message -> text(message, "status"))
                .toList();
    }

    private static List<String> ids(TestClient client, String room) {
        return client.events("message:read").stream()
                .filter(event -> text(event, "roomId").equals(room))
                .flatMap(event -> ids(event).stream())
                .toList();
    }

    private static List<String> ids(Payload event) {
        return event.get("messageIds").orElseThrow().elements().stream()
                .map(Payload::asText)
                .toList();
    }

    private void settle(TestClient... clients) {
        node.time.advance(Duration.ofSeconds(1));
        for (TestClient client : clients) {
            client.settle();
        }
    }
}
