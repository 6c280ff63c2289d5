package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.auth.Role;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may enter, write and read which room; visit v1 is that of ana and ben, the room bound belongs to it. */
class RoomRightsTest {
    private final TestNode node = new TestNode(builder -> builder.roomPolicy((who, room) -> Role.isInCare(who.role())));

    @BeforeEach
    void bind() {
        node.visit("v1", "ana", "ben");
        TestClient ana = node.client("ana/patient");
        TestNode.assertSuccess(
                ana.ask("room:join", "{\"roomId\":\"bound\",\"roomType\":\"chat\",\"metadata\":{\"visitId\":\"v1\"}}"));
        ana.ask("room:leave", "{\"roomId\":\"bound\"}");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "chat:ana:ben, ana/patient, true",
        "chat:ana:ben, ben/provider, true",
        "chat:ana:ben, eve/patient, false",
        "chat:ana:ben, eve/provider, false",
        "chat:ana:ben, eve/stranger, false",
        "chat:ana:ben, adm/admin, true",
        "chat:ana:ben, sup/super_admin, true",
        "chat:ben:ana, ana/patient, true",
        "chat:ana:ben:cat, cat/patient, true",
        "chat:ana:b, ben/provider, false",
        "chat:ana, ana/patient, true",
        "chat:, ana/patient, false",
        "chat::, ana/patient, false",
        "visit:v1, ana/patient, true",
        "visit:v1, ben/provider, true",
        "visit:v1, eve/patient, false",
        "visit:v1, eve/provider, false",
        "visit:v1, adm/admin, true",
        "visit:v1, sup/super_admin, true",
        "visit:v9, ana/patient, false",
        "visit:v9, adm/admin, true",
        "visit:v1:x, ana/patient, false",
        "visit:v1:x, adm/admin, true",
        "visit:, ana/patient, false",
        "visit:, adm/admin, true",
        "call:v1, ana/patient, true",
        "call:v1, ben/provider, true",
        "call:v1, eve/stranger, false",
        "call:v1, adm/admin, true",
        "notifications:ana, ana/patient, true",
        "notifications:ana, ben/provider, false",
        "notifications:ana, adm/admin, true",
        "user:ana, ana/patient, false",
        "user:ana, adm/admin, false",
        "user:ana, sup/super_admin, false",
        "topic:x, ana/patient, false",
        "topic:x, ben/provider, false",
        "topic:x, adm/admin, false",
        "topic:x, sup/super_admin, false",
        "bound, ana/patient, true",
        "bound, ben/provider, true",
        "bound, eve/patient, false",
        "bound, eve/provider, false",
        "bound, adm/admin, true",
        "bound, sup/super_admin, true",
        "lobby, eve/patient, true",
        "lobby, eve/provider, true",
        "lobby, eve/doctor, true",
        "lobby, eve/stranger, false",
        "lobby, adm/admin, true",
        "lobby, sup/super_admin, true"
    })
    void theIdOfTheRoomDecides(String room, String token, boolean allowed) {
        assertRights(node.client(token), room, allowed);
    }

    @Test
    void theIdOfALiveSessionIsARoomForNobody() {
        TestClient ana = node.client("ana/patient");
        String sid = TestNode.sid(ana);
        assertRights(ana, sid, false);
        assertRights(node.client("adm/admin"), sid, false);
    }

    @Test
    void withoutAPolicyOtherRoomsAreForAdmins() {
        try (TestNode closed = new TestNode()) {
            assertRights(closed.client("ana/patient"), "lobby", false);
            assertRights(closed.client("adm/admin"), "lobby", true);
        }
    }

    @Test
    void aPolicyThatThrowsHasSaidNo() {
        try (TestNode broken = new TestNode(builder -> builder.roomPolicy((who, room) -> {
            throw new IllegalStateException("a bug of the host");
        }))) {
            assertRights(broken.client("ana/patient"), "lobby", false);
        }
    }

    @Test
    void aChatClaimedAsACallStaysAChat() {
        Payload ack = node.client("cat/patient")
                .ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"video_call\"}");
        assertThat(ack).isEqualTo(denied("room"));
    }

    @Test
    void aUsedRoomIsNotBoundAnyMore() {
        TestClient eve = node.clientIn("taken", "eve/patient");
        TestNode.assertSuccess(claim(node.client("ana/patient"), "taken", "v1"));
        eve.ask("room:leave", "{\"roomId\":\"taken\"}");
        TestNode.assertSuccess(TestNode.join(eve, "taken"));
    }

    @Test
    void aRoomWithMessagesIsNotBoundAnyMore() {
        TestClient eve = node.client("eve/patient");
        TestNode.assertSuccess(eve.ask("message:send", "{\"roomId\":\"said\",\"message\":\"hi\"}"));
        TestNode.assertSuccess(claim(node.client("ana/patient"), "said", "v1"));
        TestNode.assertSuccess(TestNode.join(eve, "said"));
    }

    @Test
    void aVisitOfOthersBindsNothing() {
        TestNode.assertSuccess(claim(node.client("eve/patient"), "free", "v1"));
        TestNode.assertSuccess(TestNode.join(node.client("fay/patient"), "free"));
    }

    @Test
    void aBindingStaysWhenARoomIsEmptyAndAnotherVisitClaimsIt() {
        node.visit("v2", "eve", "fay");
        TestClient eve = node.client("eve/patient");
        assertThat(claim(eve, "bound", "v2")).isEqualTo(denied("room"));
        assertThat(TestNode.join(eve, "bound")).isEqualTo(denied("room"));
    }

    private static Payload claim(TestClient client, String room, String visit) {
        return client.ask(
                "room:join",
                "{\"roomId\":\"" + room + "\",\"roomType\":\"video_call\",\"metadata\":{\"visitId\":\"" + visit
                        + "\",\"appointmentId\":7}}");
    }

    private static void assertRights(TestClient client, String room, boolean allowed) {
        Payload joined = TestNode.join(client, room);
        Payload sent = client.ask("message:send", "{\"roomId\":\"" + room + "\",\"message\":\"hi\"}");
        Payload read = client.ask("message:history", "{\"roomId\":\"" + room + "\"}");
        if (allowed) {
            TestNode.assertSuccess(joined);
            TestNode.assertSuccess(sent);
            TestNode.assertSuccess(read);
        } else {
            assertThat(joined).isEqualTo(denied("room"));
            assertThat(sent).isEqualTo(denied("room"));
            assertThat(read).isEqualTo(denied("conversation"));
            assertThat(client.ask("room:participants", "{\"roomId\":\"" + room + "\"}"))
                    .isEqualTo(denied("room"));
        }
    }

    private static Payload denied(String what) {
        return json("{'success':false,'error':'Access denied to this %s','code':'access_denied'}", what);
    }
}
