package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final String ROOM = "chat:ana:ben";

    private final AtomicInteger rights = new AtomicInteger();
    private final FragileMessageStore store = new FragileMessageStore();
    private final TestNode node =
            new TestNode(builder -> builder.messages(store).messagePolicy((sender, recipient) -> {
                rights.incrementAndGet();
                return !recipient.value().equals("shy");
            }));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theOthersHearFirstThenTheSenderThenComesTheAck() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        node.time.advance(Duration.ofMillis(618));
        Payload ack = ana.ask(
                "message:send",
                "{\"roomId\":\"chat:ana:ben\",\"message\":\" hi \",\"clientMessageId\":\"c-1\","
                        + "\"metadata\":{\"messageType\":\"text\",\"replyToId\":\"m0\",\"senderRole\":\"admin\",\"n\":null}}");
        Payload message = ack.get("message").orElseThrow();
        assertThat(text(message, "id")).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(message)
                .isEqualTo(json(
                        "{'id':'%s','roomId':'chat:ana:ben','seq':1,'senderId':'ana','message':' hi ',"
                                + "'timestamp':'2026-11-23T09:15:48.618Z','status':'sent','clientMessageId':'c-1',"
                                + "'metadata':{'messageType':'text','replyToId':'m0','senderRole':'patient','n':null}}",
                        text(message, "id")));
        assertThat(ack.names()).containsExactlyInAnyOrder("success", "message");
        assertThat(ben.next("message:new")).isEqualTo(message);
        assertThat(ana.next("message:sent")).isEqualTo(message);
        assertThat(indexOf(ana, "42[\"message:sent\"")).isLessThan(indexOf(ana, "431["));
        ana.settle();
        ben.settle();
        assertThat(ana.events("message:new")).isEmpty();
        assertThat(ben.events("message:sent")).isEmpty();
        assertThat(ben.events("message:new")).hasSize(1);
    }

    @Test
    void theOthersHaveTheMessageBeforeTheSenderHasTheAck() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        for (int i = 1; i <= 100; i++) {
            send(ana, "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\"}");
            ben.settle();
            assertThat(ben.events("message:new")).hasSize(i);
        }
        assertThat(ben.events("message:new"))
                .extracting(message -> message.get("seq").orElseThrow().asLong())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theSendersOtherDeviceHearsThatItWasSentAndNothingElse() {
        TestClient ana = node.client("ana/patient");
        TestClient inRoom = node.clientIn(ROOM, "ana/patient");
        TestClient elsewhere = node.client("ana/patient");
        Payload message = send(ana, "{\"recipientId\":\"ben\",\"message\":\"hi\"}");
        for (TestClient device : List.of(inRoom, elsewhere)) {
            device.settle();
            assertThat(device.events("message:sent")).containsExactly(message);
            assertThat(device.events("message:new")).isEmpty();
        }
    }

    @Test
    void aRecipientHearsOnEachDeviceOnceInTheRoomOrNot() {
        TestClient ana = node.client("ana/patient");
        TestClient inRoom = node.clientIn(ROOM, "ben/provider");
        TestClient elsewhere = node.client("ben/provider");
        TestClient admin = node.clientIn(ROOM, "adm/admin");
        TestClient stranger = node.client("eve/patient");
        Payload message = send(ana, "{\"recipientId\":\"ben\",\"message\":\"hi2\",\"attachments\":[\"u\"]}");
        assertThat(message)
                .isEqualTo(json(
                        "{'id':'%s','roomId':'chat:ana:ben','seq':1,'senderId':'ana','recipientId':'ben',"
                                + "'message':'hi2','attachments':['u'],'timestamp':'2026-11-23T09:15:48.000Z',"
                                + "'status':'sent','metadata':{'senderRole':'patient'}}",
                        text(message, "id")));
        for (TestClient device : List.of(inRoom, elsewhere, admin)) {
            device.settle();
            assertThat(device.events("message:new")).containsExactly(message);
        }
        stranger.settle();
        assertThat(stranger.events("message:new")).isEmpty();
    }

    @Test
    void theIdsOfADirectChatAreSorted() {
        TestClient zoe = node.client("zoe/patient");
        assertThat(text(send(zoe, "{\"recipientId\":\"Zed\",\"message\":\"hi\"}"), "roomId"))
                .isEqualTo("chat:Zed:zoe");
        assertThat(text(send(zoe, "{\"recipientId\":\"zoe\",\"message\":\"to myself\"}"), "roomId"))
                .isEqualTo("chat:zoe:zoe");
        zoe.settle();
        assertThat(zoe.events("message:sent")).hasSize(2);
        assertThat(zoe.events("message:new")).isEmpty();
    }

    @Test
    void aMessageToAVisitStandsInItsRoom() {
        node.visit("v1", "ana", "ben");
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.clientIn("visit:v1", "ben/provider");
        Payload message = send(ana, "{\"visitId\":\"v1\",\"message\":\"hi3\"}");
        assertThat(message)
                .isEqualTo(json(
                        "{'id':'%s','roomId':'visit:v1','seq':1,'senderId':'ana','visitId':'v1','message':'hi3',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z','status':'sent',"
                                + "'metadata':{'senderRole':'patient'}}",
                        text(message, "id")));
        assertThat(ben.next("message:new")).isEqualTo(message);
        assertThat(text(send(ana, "{\"roomId\":\"visit:v1\",\"message\":\"hi4\"}"), "visitId"))
                .isEqualTo("v1");
        assertThat(ben.next("message:new").get("visitId")).isPresent();
    }

    @Test
    void aVisitBesideAnotherTargetNeedsItsRightAndJoinsItsHistory() {
        node.visit("v1", "ana", "ben");
        TestClient ana = node.client("ana/patient");
        Payload message = send(ana, "{\"recipientId\":\"ben\",\"visitId\":\"v1\",\"message\":\"hi\"}");
        assertThat(text(message, "roomId")).isEqualTo(ROOM);
        assertThat(text(message, "visitId")).isEqualTo("v1");
        Payload history = ana.ask("message:history", "{\"visitId\":\"v1\"}");
        assertThat(history.get("messages").orElseThrow().elements()).hasSize(1);
        assertThat(node.client("eve/patient")
                        .ask("message:send", "{\"recipientId\":\"ben\",\"visitId\":\"v1\",\"message\":\"hi\"}"))
                .isEqualTo(failure("Access denied to this visit", "access_denied"));
    }

    @Test
    void anotherVisitsRoomIsNotClaimedByAVisit() {
        node.visit("v1", "ana", "ben");
        node.visit("v2", "ana", "ben");
        assertThat(node.client("ana/patient")
                        .ask("message:send", "{\"roomId\":\"visit:v1\",\"visitId\":\"v2\",\"message\":\"hi\"}"))
                .isEqualTo(invalid("visitId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'roomId':'chat:x:y','message':'hi'}|room",
                "{'roomId':'user:ana','message':'hi'}|room",
                "{'roomId':'chat:ana:shy','message':'hi'}|room",
                "{'roomId':'chat:x:y','recipientId':'ben','message':'hi'}|room",
                "{'recipientId':'shy','message':'hi'}|user",
                "{'visitId':'v9','message':'hi'}|visit",
                "{'recipientId':'ben','visitId':'v9','message':'hi'}|visit"
            })
    void whatIsForbiddenIsRefusedAsWhatItIs(String payload, String what) {
        TestClient ana = node.client("ana/patient");
        assertThat(ana.ask("message:send", payload.replace('\'', '"')))
                .isEqualTo(failure("Access denied to this " + what, "access_denied"));
        ana.settle();
        assertThat(ana.events("message:sent")).isEmpty();
    }

    @Test
    void attachmentsAreAsTheyWereSent() {
        TestClient ana = node.client("ana/patient");
        assertThat(send(ana, "{\"recipientId\":\"ben\",\"message\":\"a\"}").names())
                .doesNotContain("attachments");
        assertThat(send(ana, "{\"recipientId\":\"ben\",\"message\":\"a\",\"attachments\":null}")
                        .names())
                .doesNotContain("attachments");
        assertThat(send(ana, "{\"recipientId\":\"ben\",\"message\":\"a\",\"attachments\":[]}")
                        .get("attachments"))
                .hasValue(json("[]"));
    }

    @Test
    void aRetryGivesTheSameAckAndNoEvent() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        String first = "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\",\"clientMessageId\":\"c-1\"}";
        Payload ack = ana.ask("message:send", first);
        node.time.advance(Duration.ofSeconds(3));
        assertThat(ana.ask("message:send", first)).isEqualTo(ack);
        assertThat(node.client("ana/patient")
                        .ask(
                                "message:send",
                                "{\"recipientId\":\"ben\",\"message\":\"other\","
                                        + "\"metadata\":{\"clientMessageId\":\"c-1\"}}"))
                .isEqualTo(ack);
        ana.settle();
        ben.settle();
        assertThat(ana.events("message:sent")).hasSize(1);
        assertThat(ben.events("message:new")).hasSize(1);
        Payload other =
                ben.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\",\"clientMessageId\":\"c-1\"}");
        assertThat(other.get("message").flatMap(message -> message.get("seq")).map(Payload::asLong))
                .hasValue(2L);
    }

    @Test
    void theClientsIdIsFoundInTheMetadataToo() {
        Payload message = send(
                node.client("ana/patient"),
                "{\"recipientId\":\"ben\",\"message\":\"a\",\"metadata\":{\"clientMessageId\":\"~ 7\"}}");
        assertThat(text(message, "clientMessageId")).isEqualTo("~ 7");
        assertThat(message.get("metadata")).hasValue(json("{'clientMessageId':'~ 7','senderRole':'patient'}"));
    }

    @Test
    void theNearestOfTheTargetsCounts() {
        node.visit("v1", "ana", "ben");
        TestClient ana = node.client("ana/patient");
        assertThat(text(
                        send(
                                ana,
                                "{\"roomId\":\"chat:ana:cat\",\"recipientId\":\"ben\",\"visitId\":\"v1\",\"message\":\"a\"}"),
                        "roomId"))
                .isEqualTo("chat:ana:cat");
        assertThat(text(
                        send(ana, "{\"roomId\":null,\"recipientId\":\"ben\",\"visitId\":\"v1\",\"message\":\"a\"}"),
                        "roomId"))
                .isEqualTo(ROOM);
    }

    @Test
    void bytesAreNoMessage() {
        TestClient ana = node.client("ana/patient");
        ana.send("451-7[\"message:send\",{\"recipientId\":\"ben\",\"message\":\"a\","
                + "\"metadata\":{\"x\":{\"_placeholder\":true,\"num\":0}}}]");
        ana.send(dev.realtime.transport.Frame.binary(new byte[] {1, 2, 3}));
        assertThat(ana.ack(7)).isEqualTo(invalid("metadata"));
    }

    @Test
    void aStoreThatFailsFailsTheMessageAndNobodyHears() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        String hi = "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\",\"clientMessageId\":\"c-1\"}";
        for (FragileMessageStore.Mood mood : FragileMessageStore.Mood.values()) {
            if (mood != FragileMessageStore.Mood.WELL) {
                store.mood = mood;
                assertThat(ana.ask("message:send", hi))
                        .as(mood.name())
                        .isEqualTo(failure("Failed to send message", "unavailable"));
            }
        }
        store.mood = FragileMessageStore.Mood.FAILING;
        assertThat(ana.ask("message:history", "{\"roomId\":\"chat:ana:ben\"}"))
                .isEqualTo(failure("Failed to fetch message history", "unavailable"));
        ana.settle();
        ben.settle();
        assertThat(ana.events("message:sent")).isEmpty();
        assertThat(ben.events("message:new")).isEmpty();
        store.mood = FragileMessageStore.Mood.WELL;
        Payload message = send(ana, hi);
        assertThat(message.get("seq").map(Payload::asLong)).hasValue(1L);
        assertThat(ben.next("message:new")).isEqualTo(message);
    }

    @Test
    void messagesOfOneSenderAreStoredTogetherAndAnsweredInTheirOrder() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        store.hold();
        long first = ben.askLater("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"first\"}");
        TestNode.soon(store::isSomebodyHeld);
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(ana.askLater("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"" + i + "\"}"));
        }
        long history = ana.askLater("message:history", "{\"roomId\":\"chat:ana:ben\",\"limit\":50}");
        TestNode.soon(() -> rights.get() == 21);
        store.letGo();
        TestNode.assertSuccess(ben.ack(first));
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        assertThat(store.largestBatch()).isGreaterThanOrEqualTo(19);
        assertThat(ana.ack(history).get("messages").orElseThrow().elements()).hasSize(21);
        ben.settle();
        assertThat(ben.events("message:new"))
                .extracting(message -> text(message, "message"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList());
        assertThat(ana.packets().stream().filter(packet -> packet.startsWith("43")))
                .extracting(packet -> packet.substring(0, packet.indexOf('[')))
                .containsSubsequence(asked.stream().map(id -> "43" + id).toList());
    }

    private static Payload send(TestClient client, String payload) {
        Payload ack = client.ask("message:send", payload);
        TestNode.assertSuccess(ack);
        return ack.get("message").orElseThrow();
    }

    private static Payload failure(String error, String code) {
        return json("{'success':false,'error':'%s','code':'%s'}", error, code);
    }

    private static Payload invalid(String field) {
        return json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field);
    }

    private static int indexOf(TestClient client, String start) {
        List<String> packets = client.packets();
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no packet " + start);
    }

    @Test
    void aMessageToTheRoomOfADirectChatStaysInTheRoom() {
        TestClient ana = node.clientIn("chat:ana:cat", "ana/patient");
        TestClient cat = node.client("cat/patient");
        assertThat(ana.ask("message:send", "{\"roomId\":\"chat:ana:cat\",\"recipientId\":\"cat\",\"message\":\"here\"}")
                        .get("success")
                        .orElseThrow()
                        .asBoolean())
                .isTrue();
        assertThat(ana.ask("message:send", "{\"recipientId\":\"cat\",\"message\":\"wherever\"}")
                        .get("success")
                        .orElseThrow()
                        .asBoolean())
                .isTrue();
        assertThat(cat.next("message:new").get("message").orElseThrow().asText())
                .isEqualTo("wherever");
        assertThat(cat.events("message:new")).hasSize(1);
    }
}
