package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aConnectIsAnsweredAndGreetedFieldByField() {
        TestClient ana = node.open();
        Payload answer = ana.connect("ana/patient/2026-11-23T10:15:48Z");
        String sid = text(answer, "sid");
        assertThat(sid).matches("[A-Za-z0-9_-]{20}");
        assertThat(answer).isEqualTo(json("{'sid':'%s'}", sid));
        assertThat(ana.next("connected"))
                .isEqualTo(json(
                        "{'socketId':'%s','userId':'ana','role':'patient','expiresAt':'2026-11-23T10:15:48.000Z',"
                                + "'recovered':false,'serverTime':1795425348000,'timestamp':'2026-11-23T09:15:48.000Z'}",
                        sid));
        assertThat(ana.packets().get(0))
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(ana.packets().get(1)).isEqualTo("40{\"sid\":\"" + sid + "\"}");
        assertThat(ana.packets().get(2)).startsWith("42[\"connected\",{");
    }

    @Test
    void aTokenThatDoesNotExpireHasNoExpiry() {
        assertThat(node.open().welcome("ana/patient").names())
                .containsExactlyInAnyOrder("socketId", "userId", "role", "recovered", "serverTime", "timestamp");
    }

    @ParameterizedTest
    @CsvSource({
        "expired, Authentication error: Token expired, token_expired",
        "nonsense, Authentication error: Invalid token, invalid_token",
        "a b/patient, Authentication error: Invalid token, invalid_token",
        "unverifiable, Authentication error: Token verification failed, verification_failed"
    })
    void aRefusedTokenIsToldWhy(String token, String message, String code) {
        assertThat(node.open().connect(token)).isEqualTo(json("{'message':'%s','data':{'code':'%s'}}", message, code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"token\":null}"})
    void noTokenIsSaidSo(String auth) {
        assertThat(node.open().connectWith(auth))
                .isEqualTo(json("{'message':'Authentication error: No token provided','data':{'code':'no_token'}}"));
    }

    @Test
    void anAuthenticatorThatCannotReachItsKeysFailsToVerify() {
        Authenticator unreachable = credentials -> {
            throw new StoreException("no keys");
        };
        try (TestNode away = new TestNode(unreachable, UnaryOperator.identity())) {
            assertThat(away.open().connect("ana/patient"))
                    .isEqualTo(json("{'message':'Authentication error: Token verification failed',"
                            + "'data':{'code':'verification_failed'}}"));
        }
    }

    @Test
    void aRefusedClientMayTryAgainOnTheSameConnection() {
        TestClient ana = node.open();
        ana.connect("expired");
        assertThat(text(ana.welcome("ana/patient"), "userId")).isEqualTo("ana");
    }

    @Test
    void anUnknownNamespaceIsRefusedWithoutData() {
        TestClient ana = node.open();
        assertThat(ana.in("/admin").connect("ana/patient")).isEqualTo(json("{'message':'Invalid namespace'}"));
        ana.welcome("ana/patient");
    }

    @Test
    void aliasesAreSessionsOfTheirOwnWithTheSameRooms() {
        TestClient root = node.open();
        root.welcome("ana/patient");
        TestClient alias = root.in("/api/v1");
        TestClient other = root.in("/api");
        String second = text(alias.welcome("ana/patient"), "socketId");
        other.welcome("ana/patient");
        assertThat(second).isNotEqualTo(TestNode.sid(root));
        TestNode.assertSuccess(TestNode.join(root, "chat:ana:ben"));
        TestNode.assertSuccess(TestNode.join(alias, "chat:ana:ben"));
        assertThat(root.next("room:userJoined").get("socketId").map(Payload::asText))
                .hasValue(second);
        other.settle();
        assertThat(other.events("room:userJoined")).isEmpty();
        assertThat(node.realtime.sessions().count()).isEqualTo(3);
    }

    @Test
    void leavingOneNamespaceKeepsTheOthers() {
        TestClient root = node.open();
        root.welcome("ana/patient");
        TestClient alias = root.in("/api");
        alias.welcome("ana/patient");
        alias.leave();
        root.settle();
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
        alias.welcome("ana/patient");
        assertThat(root.isClosed()).isFalse();
    }

    @Test
    void aRepeatedConnectIsIgnored() {
        TestClient ana = node.client("ana/patient");
        ana.send("40{\"token\":\"ana/patient\"}");
        ana.send("40{\"token\":\"ben/patient\"}");
        ana.settle();
        assertThat(ana.packets()).filteredOn(packet -> packet.startsWith("40")).hasSize(1);
        assertThat(ana.events("connected")).hasSize(1);
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
    }

    @Test
    void eventsAreServedFromTheAnswerOn() {
        TestClient ana = node.open();
        ana.connect("ana/patient");
        TestNode.assertSuccess(TestNode.join(ana, "chat:ana:ben"));
        assertThat(ana.events().get(0).name()).isEqualTo("connected");
    }

    @Test
    void anEventBeforeTheConnectClosesTheConnection() {
        TestClient ana = node.open();
        ana.tell("room:join", "{}");
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void anEventWhileTheConnectIsDecidedClosesTheConnectionAndLeavesNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Authenticator waiting = credentials -> {
            asked.countDown();
            awaitQuietly(decided);
            return new Principal(new UserId("ana"), "patient");
        };
        try (TestNode slow = new TestNode(waiting, UnaryOperator.identity())) {
            TestClient ana = slow.open();
            ana.send("40{}");
            asked.await();
            ana.tell("room:join", "{}");
            assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
            decided.countDown();
            slow.client("ben/patient");
            assertThat(slow.realtime.sessions().count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"43[]", "430[]", "41", "41/api", "451-[\"a\",{\"_placeholder\":true,\"num\":0}]", "461-[]"})
    void whateverComesBeforeTheFirstConnectClosesTheConnection(String packet) {
        TestClient ana = node.open();
        ana.send(packet);
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42[\"a\"]",
                "43",
                "43[]",
                "430[]",
                "41",
                "451-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "461-[]",
                "461-0[]"
            })
    void whateverComesAfterARefusedConnectClosesTheConnection(String packet) {
        TestClient ana = node.open();
        ana.connect("expired");
        ana.send(packet);
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42/api,[\"a\"]", "43/api,0[]", "43/api,[]", "41/api", "451-/api,[\"a\"]", "461-/api,0[]"})
    void whatIsSaidToANamespaceThatWasNotJoinedClosesTheConnection(String packet) {
        TestClient ana = node.client("ana/patient");
        ana.send(packet);
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aConnectThatIsTakenBackLeavesNothing() throws Exception {
        Hesitant hesitant = new Hesitant();
        try (TestNode slow = new TestNode(hesitant, UnaryOperator.identity())) {
            TestClient ana = hesitant.takeBack(slow.open());
            ana.welcome("ana/patient");
            assertThat(ana.packets())
                    .filteredOn(packet -> packet.startsWith("40"))
                    .hasSize(1);
            assertThat(slow.realtime.sessions().count()).isEqualTo(1);
        }
    }

    @Test
    void aConnectThatIsTakenBackAtOnceLeavesNoGhost() {
        for (int round = 0; round < 500; round++) {
            TestClient ana = node.open();
            ana.send("40{\"token\":\"ana/patient\"}");
            ana.leave();
            TestClient alias = ana.in("/api");
            alias.welcome("ana/patient");
            assertThat(node.realtime.sessions().count()).isEqualTo(1);
            ana.lose();
            TestNode.soon(() -> node.realtime.sessions().count() == 0);
        }
    }

    @Test
    void aConnectionWhoseOnlyConnectWasTakenBackIsClosedInTime() throws Exception {
        Hesitant hesitant = new Hesitant();
        try (TestNode slow = new TestNode(hesitant, UnaryOperator.identity())) {
            TestClient ana = hesitant.takeBack(slow.open());
            slow.time.advance(Duration.ofSeconds(45));
            assertThat(ana.closed()).isEqualTo(CloseReason.TIMEOUT);
            TestNode.soon(() -> slow.realtime.sessions().count() == 0);
        }
    }

    @Test
    void anEventUnderWayToANamespaceThatTheServerEndedDoesNotEndTheOthers() {
        TestClient root = node.client("ana/patient");
        TestClient alias = root.in("/api");
        alias.welcome("ana/patient");
        SessionId ended = new SessionId(text(alias.events("connected").get(0), "socketId"));
        node.realtime.sessions().find(ended).orElseThrow().disconnect();
        alias.tell("room:leave", "{}");
        alias.send("43/api,0[]");
        alias.leave();
        root.settle();
        assertThat(root.packets()).contains("41/api,");
        assertThat(root.isClosed()).isFalse();
        alias.welcome("ana/patient");
        alias.leave();
        alias.tell("room:leave", "{}");
        assertThat(root.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aConnectionWithoutASessionIsClosedInTime() {
        TestClient never = node.open();
        TestClient refused = node.open();
        TestClient ana = node.client("ana/patient");
        refused.connect("expired");
        node.time.advance(Duration.ofMillis(44_999));
        assertThat(never.isClosed() || refused.isClosed()).isFalse();
        node.time.advance(Duration.ofMillis(1));
        assertThat(never.closed()).isEqualTo(CloseReason.TIMEOUT);
        assertThat(refused.closed()).isEqualTo(CloseReason.TIMEOUT);
        assertThat(ana.isClosed()).isFalse();
    }

    @Test
    void aConnectionWhoseLastSessionLeftStaysOpen() {
        TestClient ana = node.client("ana/patient");
        ana.leave();
        node.time.advance(Duration.ofMinutes(10));
        ana.welcome("ana/patient");
        assertThat(ana.isClosed()).isFalse();
    }

    @Test
    void aConnectionWithoutASessionCountsAsOneOfItsLastUser() {
        SessionSettings few = new SessionSettings(
                Duration.ofSeconds(45), 1 << 20, 100, 2, 1_000, 1_000, Duration.ofSeconds(20), TestNode.UNLIMITED);
        try (TestNode small = new TestNode(builder -> builder.settings(TestNode.settings(few)))) {
            TestClient first = left(small, "ana/patient");
            TestClient second = left(small, "ana/patient");
            TestClient third = small.open();
            assertThat(text(third.connect("ana/patient"), "message")).isEqualTo("Too many connections");
            third.welcome("ben/patient");
            first.welcome("ana/patient");
            first.leave();
            second.welcome("cid/patient");
            third.in("/api").welcome("ana/patient");
            assertThat(text(small.open().connect("ana/patient"), "message")).isEqualTo("Too many connections");
            first.lose();
            small.client("ana/patient");
        }
    }

    /** A client that has left its only session and keeps its connection. */
    private static TestClient left(TestNode node, String token) {
        TestClient client = node.client(token);
        client.leave();
        return client;
    }

    @Test
    void aUserHasSoManySessionsAndNoMore() {
        SessionSettings few = new SessionSettings(
                Duration.ofSeconds(45), 1 << 20, 100, 2, 1_000, 1_000, Duration.ofSeconds(20), TestNode.UNLIMITED);
        try (TestNode small = new TestNode(builder -> builder.settings(TestNode.settings(few)))) {
            TestClient first = small.client("ana/patient");
            small.client("ana/patient");
            small.client("ben/patient");
            TestClient third = small.open();
            assertThat(third.connect("ana/patient"))
                    .isEqualTo(json("{'message':'Too many connections','data':{'code':'too_many_connections'}}"));
            first.lose();
            third.welcome("ana/patient");
        }
    }

    @Test
    void aFullNodeAndAnAddressThatComesTooOftenAreRefusedWithAWait() {
        SessionSettings one = new SessionSettings(
                Duration.ofSeconds(45),
                1 << 20,
                3,
                50,
                1_000,
                1_000,
                Duration.ofSeconds(20),
                new SessionSettings.Rates(0, 0, 0, 0, 1, 2));
        try (TestNode small = new TestNode(builder -> builder.settings(TestNode.settings(one)))) {
            small.open();
            small.open();
            assertThat(small.acceptor.refuse(TestClient.handshake(Map.of()))).hasValueSatisfying(refusal -> {
                assertThat(refusal.status()).isEqualTo(429);
                assertThat(Payload.parse(refusal.body()))
                        .isEqualTo(json("{'code':'rate_limited','message':'Rate limit exceeded'}"));
                assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(1));
            });
            small.time.advance(Duration.ofSeconds(1));
            small.open();
            assertThat(small.acceptor.refuse(TestClient.handshake(Map.of()))).hasValueSatisfying(refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(Payload.parse(refusal.body()))
                        .isEqualTo(json("{'code':'too_many_connections','message':'Too many connections'}"));
                assertThat(refusal.retryAfter()).isPresent();
            });
        }
    }

    @Test
    void aForeignOriginIsRefused() {
        assertThat(node.acceptor.refuse(TestClient.handshake(
                        Map.of("Origin", List.of("https://evil.example"), "Host", List.of("good.example")))))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(403);
                    assertThat(Payload.parse(refusal.body())).isEqualTo(json("{'code':4,'message':'Forbidden'}"));
                });
    }

    @Test
    void connectedIsTheFirstEventHoweverManyDeliveriesRaceWithIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            TestClient ben = node.client("ben/patient");
            TestClient ana = node.open();
            for (int i = 0; i < 20; i++) {
                ben.tell("message:send", "{\"recipientId\":\"ana\",\"message\":\"hi\"}");
            }
            ana.connect("ana/patient");
            ben.settle();
            ana.settle();
            assertThat(ana.packets().get(1)).startsWith("40{");
            assertThat(ana.events().get(0).name()).isEqualTo("connected");
            ana.lose();
            ben.lose();
        }
        assertThat(node.realtime.sessions().count()).isZero();
    }

    @Test
    void aConnectionThatFloodsConnectsIsClosed() {
        TestClient flood = node.open();
        for (int i = 0; i < 600 && !flood.isClosed(); i++) {
            flood.send("40/nowhere,");
        }
        assertThat(flood.closed()).isEqualTo(CloseReason.RATE);
    }

    @Test
    void aSessionEndedByTheHostIsToldSoAndItsConnectionGoes() {
        TestClient ana = node.client("ana/patient");
        node.realtime.sessions().all().forEach(session -> session.disconnect());
        assertThat(ana.closed()).isEqualTo(CloseReason.DISCONNECTED);
        assertThat(ana.packets()).contains("41");
        assertThat(node.realtime.sessions().count()).isZero();
    }

    @Test
    void eventsUnderWayWhenTheHostEndsTheSessionDoNotHideTheReason() {
        TestClient ana = node.client("ana/patient");
        ana.settle();
        ana.stall();
        ana.askLater("testkit:blocks", "{}");
        node.realtime.sessions().all().forEach(session -> session.disconnect());
        ana.tell("room:leave", "{}");
        ana.resume();
        assertThat(ana.closed()).isEqualTo(CloseReason.DISCONNECTED);
        assertThat(ana.packets()).contains("41");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not decide a connect before its client has taken it back. */
    private static final class Hesitant implements Authenticator {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch decided = new CountDownLatch(1);

        @Override
        public Principal authenticate(Credentials credentials) {
            asked.countDown();
            awaitQuietly(decided);
            return new Principal(new UserId("ana"), "patient");
        }

        TestClient takeBack(TestClient client) throws InterruptedException {
            client.send("40{}");
            asked.await();
            client.leave();
            decided.countDown();
            return client;
        }
    }
}
