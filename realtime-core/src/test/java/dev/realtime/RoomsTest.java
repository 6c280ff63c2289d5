package dev.realtime;

import static dev.realtime.TestNode.join;
import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.sid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTest {
    private static final String ROOM = "chat:ana:ben";
    private static final String IN_ROOM = "{\"roomId\":\"chat:ana:ben\"}";

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aJoinIsToldToTheOthersAndAnsweredWithAllWhoAreThere() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        assertThat(join(ana, ROOM))
                .isEqualTo(json(
                        "{'success':true,'roomId':'chat:ana:ben','roomType':'chat','participants':[{'socketId':'%s',"
                                + "'userId':'ana','userRole':'patient','joinedAt':'2026-11-23T09:15:48.000Z'}],"
                                + "'timestamp':'2026-11-23T09:15:48.000Z'}",
                        sid(ana)));
        node.time.advance(Duration.ofMillis(5));
        assertThat(ben.ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"notification\"}"))
                .isEqualTo(json(
                        "{'success':true,'roomId':'chat:ana:ben','roomType':'notification','participants':["
                                + "{'socketId':'%s','userId':'ana','userRole':'patient',"
                                + "'joinedAt':'2026-11-23T09:15:48.000Z'},"
                                + "{'socketId':'%s','userId':'ben','userRole':'provider',"
                                + "'joinedAt':'2026-11-23T09:15:48.005Z'}],'timestamp':'2026-11-23T09:15:48.005Z'}",
                        sid(ana), sid(ben)));
        assertThat(ana.next("room:userJoined"))
                .isEqualTo(json(
                        "{'userId':'ben','userRole':'provider','socketId':'%s','roomId':'chat:ana:ben',"
                                + "'timestamp':'2026-11-23T09:15:48.005Z'}",
                        sid(ben)));
        ben.settle();
        assertThat(ben.events("room:userJoined")).isEmpty();
    }

    @Test
    void joiningAgainIsToldAgainAndMovesToTheEnd() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        node.time.advance(Duration.ofSeconds(1));
        Payload again = join(ana, ROOM);
        assertThat(again.get("participants").orElseThrow().elements())
                .extracting(entry -> TestNode.text(entry, "userId") + " " + TestNode.text(entry, "joinedAt"))
                .containsExactly("ben 2026-11-23T09:15:48.000Z", "ana 2026-11-23T09:15:49.000Z");
        assertThat(TestNode.text(ben.next("room:userJoined"), "userId")).isEqualTo("ana");
        ana.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\"}");
        ben.settle();
        assertThat(ben.events("message:new")).hasSize(1);
        assertThat(ben.events("room:userJoined")).hasSize(1);
    }

    @Test
    void twoDevicesAreTwoParticipants() {
        node.clientIn(ROOM, "ana/patient");
        TestClient second = node.client("ana/patient");
        assertThat(join(second, ROOM).get("participants").orElseThrow().elements())
                .hasSize(2);
    }

    @Test
    void leavingIsToldWithoutAReasonAndOnce() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        Payload left = json("{'success':true,'roomId':'chat:ana:ben','timestamp':'2026-11-23T09:15:48.000Z'}");
        assertThat(ana.ask("room:leave", IN_ROOM)).isEqualTo(left);
        assertThat(ana.ask("room:leave", IN_ROOM)).isEqualTo(left);
        assertThat(ben.next("room:userLeft"))
                .isEqualTo(json(
                        "{'userId':'ana','socketId':'%s','roomId':'chat:ana:ben',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z'}",
                        sid(ana)));
        ben.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\"}");
        ana.settle();
        ben.settle();
        assertThat(ben.events("room:userLeft")).hasSize(1);
        assertThat(ana.events("room:userLeft")).isEmpty();
        assertThat(ana.events("message:new")).isEmpty();
    }

    @Test
    void leavingAnyRoomSucceeds() {
        TestClient ana = node.client("ana/patient");
        assertThat(ana.ask("room:leave", "{\"roomId\":\"user:ben\"}"))
                .isEqualTo(json("{'success':true,'roomId':'user:ben','timestamp':'2026-11-23T09:15:48.000Z'}"));
    }

    @Test
    void aClientThatDisconnectsHasLeftAtOnce() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        ana.leave();
        assertLeft(ben, sid(ana), "client_disconnect", "2026-11-23T09:15:48.000Z");
        ana.lose();
        assertNothingMore(ben);
    }

    @Test
    void aSessionEndedByTheHostHasLeftAtOnce() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        node.realtime.sessions().all().stream()
                .filter(session -> session.id().value().equals(sid(ana)))
                .forEach(session -> session.disconnect());
        assertLeft(ben, sid(ana), "server_disconnect", "2026-11-23T09:15:48.000Z");
        assertNothingMore(ben);
    }

    @Test
    void aLostConnectionHasLeftAfterFiveSeconds() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        node.lose(ana);
        node.time.advance(Duration.ofMillis(4_999));
        ben.settle();
        assertThat(ben.events("room:userLeft")).isEmpty();
        assertThat(participants(ben)).hasSize(2);
        node.time.advance(Duration.ofMillis(1));
        assertLeft(ben, sid(ana), "transport_close", "2026-11-23T09:15:53.000Z");
        assertThat(participants(ben)).hasSize(1);
        assertNothingMore(ben);
    }

    @Test
    void aClientThatAnswersNoPingHasLeftInTheEnd() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        ana.stall();
        node.time.advance(Duration.ofSeconds(25));
        int alarms = node.time.waiting();
        node.time.advance(Duration.ofSeconds(20));
        TestNode.soon(() -> node.time.waiting() == alarms);
        assertThat(ana.isClosed()).isTrue();
        node.time.advance(Duration.ofSeconds(5));
        assertLeft(ben, sid(ana), "ping_timeout", "2026-11-23T09:16:38.000Z");
        assertNothingMore(ben);
    }

    @Test
    void participantsAreForParticipantsAndAdmins() {
        TestClient ana = node.client("ana/patient");
        Payload empty = json("{'success':true,'roomId':'chat:ana:ben','participants':[]}");
        assertThat(ana.ask("room:participants", IN_ROOM)).isEqualTo(empty);
        TestClient ben = node.clientIn(ROOM, "ben/provider");
        Payload full = json(
                "{'success':true,'roomId':'chat:ana:ben','participants':[{'socketId':'%s','userId':'ben',"
                        + "'userRole':'provider','joinedAt':'2026-11-23T09:15:48.000Z'}]}",
                sid(ben));
        Payload denied = json("{'success':false,'error':'Access denied to this room','code':'access_denied'}");
        assertThat(ana.ask("room:participants", IN_ROOM)).isEqualTo(denied);
        assertThat(ben.ask("room:participants", IN_ROOM)).isEqualTo(full);
        assertThat(node.client("adm/admin").ask("room:participants", IN_ROOM)).isEqualTo(full);
        assertThat(node.client("sup/super_admin").ask("room:participants", IN_ROOM))
                .isEqualTo(full);
        assertThat(node.client("eve/patient").ask("room:participants", IN_ROOM)).isEqualTo(denied);
    }

    @Test
    void theHundredAndFirstRoomIsRefused() {
        TestClient ana = node.client("ana/patient");
        for (int i = 1; i <= 100; i++) {
            TestNode.assertSuccess(join(ana, "chat:ana:" + i));
        }
        Payload refused = json("{'success':false,'error':'Too many rooms','code':'limit_exceeded'}");
        assertThat(join(ana, "chat:ana:101")).isEqualTo(refused);
        TestNode.assertSuccess(join(ana, "chat:ana:7"));
        ana.ask("room:leave", "{\"roomId\":\"chat:ana:7\"}");
        TestNode.assertSuccess(join(ana, "chat:ana:101"));
        assertThat(join(ana, "chat:ana:7")).isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"roomId\":\"chat:ana:ben\"}",
                "{\"roomId\":\"chat:ana:ben\",\"roomType\":null}",
                "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"call\"}",
                "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"\"}"
            })
    void anUnknownTypeIsRefusedLikeAForeignRoom(String join) {
        assertThat(node.client("ana/patient").ask("room:join", join))
                .isEqualTo(json("{'success':false,'error':'Access denied to this room','code':'access_denied'}"));
    }

    @Test
    void metadataMayBeAnyObjectOfFourKilobytes() {
        TestClient ana = node.client("ana/patient");
        TestNode.assertSuccess(ana.ask("room:join", joinWith("{\"visitId\":{\"odd\":1},\"a\":[null]}")));
        TestNode.assertSuccess(ana.ask("room:join", joinWith("{\"a\":\"" + "x".repeat(4_096 - 8) + "\"}")));
        Payload refused =
                json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'metadata'}");
        assertThat(ana.ask("room:join", joinWith("{\"a\":\"" + "x".repeat(4_096 - 7) + "\"}")))
                .isEqualTo(refused);
        assertThat(ana.ask("room:join", joinWith("[]"))).isEqualTo(refused);
    }

    private static String joinWith(String metadata) {
        return "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\",\"metadata\":" + metadata + "}";
    }

    private java.util.List<Payload> participants(TestClient client) {
        return client.ask("room:participants", IN_ROOM)
                .get("participants")
                .orElseThrow()
                .elements();
    }

    private static void assertLeft(TestClient witness, String sid, String reason, String when) {
        assertThat(witness.next("room:userLeft"))
                .isEqualTo(json(
                        "{'userId':'ana','socketId':'%s','roomId':'chat:ana:ben','reason':'%s','timestamp':'%s'}",
                        sid, reason, when));
    }

    private void assertNothingMore(TestClient witness) {
        node.time.advance(Duration.ofSeconds(20));
        witness.settle();
        assertThat(witness.events("room:userLeft")).hasSize(1);
    }
}
