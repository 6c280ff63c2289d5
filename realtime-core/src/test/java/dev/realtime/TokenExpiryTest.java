package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token ends while its session lives. Time begins at 09:15:48; a token is {@code user/role/end}. */
class TokenExpiryTest {
    private static final String ROOM = "chat:ana:ben";
    private static final String SOON = "ana/patient/2026-11-23T09:16:58Z";
    private static final String LATER = "ana/patient/2026-11-23T10:00:00Z";

    private final TestNode node = TestNode.patient();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theClientIsWarnedAMinuteBeforeTheEnd() {
        TestClient ana = client(SOON);
        node.time.advance(Duration.ofMillis(9_999));
        ana.settle();
        assertThat(ana.events("auth:expiring")).isEmpty();
        node.time.advance(Duration.ofMillis(1));
        assertThat(ana.next("auth:expiring"))
                .isEqualTo(json("{'expiresAt':'2026-11-23T09:16:58.000Z','timestamp':'2026-11-23T09:15:58.000Z'}"));
        node.time.advance(Duration.ofMillis(59_999));
        ana.settle();
        assertThat(ana.events("auth:expiring")).hasSize(1);
        assertThat(ana.isClosed()).isFalse();
    }

    @Test
    void theEndIsToldAndClosesTheTransport() {
        TestClient ana = node.clientIn(ROOM, SOON);
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        node.time.advance(Duration.ofSeconds(70));
        assertThat(ana.next("auth:expired"))
                .isEqualTo(json("{'expiresAt':'2026-11-23T09:16:58.000Z','timestamp':'2026-11-23T09:16:58.000Z'}"));
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(ana.packets()).doesNotContain("41");
        assertThat(node.realtime.sessions().of(new UserId("ana"))).isEmpty();
        ben.settle();
        assertThat(ben.events("room:userLeft")).isEmpty();
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(5),
                () -> !ben.events("room:userLeft").isEmpty());
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("token_expired");
    }

    @Test
    void whoComesWithLessThanAMinuteIsWarnedRightAfterConnected() {
        TestClient ana = client("ana/patient/2026-11-23T09:16:18Z");
        assertThat(text(ana.next("auth:expiring"), "timestamp")).isEqualTo("2026-11-23T09:15:48.000Z");
        assertThat(ana.events()).extracting(TestClient.Event::name).containsExactly("connected", "auth:expiring");
        node.time.advance(Duration.ofSeconds(30));
        ana.next("auth:expired");
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(ana.events("auth:expiring")).hasSize(1);
    }

    @Test
    void aTokenWithoutAnEndAndOneThatEndsBeyondAllClocksNeverExpire() {
        Authenticator timeless = credentials -> new Principal(new UserId("ana"), "patient", Optional.of(Instant.MAX));
        try (TestNode endless = new TestNode(timeless, UnaryOperator.identity())) {
            TestClient max = endless.client("any");
            assertThat(text(max.events("connected").get(0), "expiresAt")).isEqualTo("9999-12-31T23:59:59.999Z");
            TestClient none = node.client("ana/patient");
            TestClient far = node.client("ana/patient/+292278994-08-17T07:12:55.807Z");
            max.settle();
            for (TestNode each : List.of(node, endless)) {
                each.time.advance(Duration.ofDays(1));
            }
            for (TestClient client : List.of(max, none, far)) {
                client.settle();
                assertThat(client.events()).extracting(TestClient.Event::name).containsExactly("connected");
            }
        }
    }

    @Test
    void aSessionLivesAsLongAsItsTokenIsTolerated() {
        Authenticator usual = new TestAuthenticator();
        Authenticator tolerant = new Authenticator() {
            @Override
            public Principal authenticate(Credentials credentials) {
                return usual.authenticate(credentials);
            }

            @Override
            public Duration tolerance() {
                return Duration.ofSeconds(30);
            }
        };
        try (TestNode other = new TestNode(tolerant, UnaryOperator.identity())) {
            TestClient ana = other.client("ana/patient/2026-11-23T09:15:38Z");
            ana.settle();
            other.time.advance(Duration.ofMillis(19_999));
            assertThat(ana.isClosed()).isFalse();
            other.time.advance(Duration.ofMillis(1));
            assertThat(text(ana.next("auth:expired"), "expiresAt")).isEqualTo("2026-11-23T09:15:38.000Z");
            assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        }
    }

    @Test
    void aRefreshKeepsTheSessionPastTheEndOfItsFirstToken() {
        TestClient ana = node.clientIn(ROOM, SOON);
        node.time.advance(Duration.ofSeconds(10));
        ana.next("auth:expiring");
        assertThat(refresh(ana, LATER)).isEqualTo(json("{'success':true,'expiresAt':'2026-11-23T10:00:00.000Z'}"));
        node.time.advance(Duration.ofMinutes(5));
        ana.settle();
        assertThat(ana.events("auth:expired")).isEmpty();
        node.time.advance(Duration.between(node.time.instant(), Instant.parse("2026-11-23T09:59:00Z")));
        assertThat(text(ana.next("auth:expiring"), "expiresAt")).isEqualTo("2026-11-23T10:00:00.000Z");
        node.time.advance(Duration.ofSeconds(60));
        assertThat(text(ana.next("auth:expired"), "expiresAt")).isEqualTo("2026-11-23T10:00:00.000Z");
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aRefreshToATokenThatEndsEarlierHoldsAtOnceToo() {
        TestClient ana = client(LATER);
        TestNode.assertSuccess(refresh(ana, "ana/patient/2026-11-23T09:16:08Z"));
        ana.next("auth:expiring");
        node.time.advance(Duration.ofSeconds(20));
        ana.next("auth:expired");
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aRefreshToATokenWithoutAnEndSaysNoEnd() {
        TestClient ana = client(SOON);
        assertThat(refresh(ana, "ana/patient")).isEqualTo(json("{'success':true}"));
        node.time.advance(Duration.ofHours(5));
        ana.settle();
        assertThat(ana.events()).extracting(TestClient.Event::name).containsExactly("connected");
    }

    @Test
    void theNewRoleHoldsAtOnce() {
        TestClient ana = client(LATER);
        assertThat(text(TestNode.join(ana, "chat:ben:cat"), "code")).isEqualTo("access_denied");
        TestNode.assertSuccess(refresh(ana, "ana/admin/2026-11-23T10:00:00Z"));
        TestNode.assertSuccess(TestNode.join(ana, "chat:ben:cat"));
        TestNode.assertSuccess(refresh(ana, LATER));
        assertThat(text(TestNode.join(ana, "chat:ben:dan"), "code")).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, no_token, Authentication error: No token provided",
        "{'token':null}, no_token, Authentication error: No token provided",
        "{'token':''}, no_token, Authentication error: No token provided",
        "{'token':7}, invalid_token, Authentication error: Invalid token",
        "{'token':'nonsense'}, invalid_token, Authentication error: Invalid token",
        "{'token':'expired'}, token_expired, Authentication error: Token expired",
        "{'token':'unverifiable'}, verification_failed, Authentication error: Token verification failed",
        "{'token':'ben/patient'}, token_user_mismatch, Token belongs to another user"
    })
    void aRefreshThatFailsSaysWhyAndLeavesTheSessionAsItWas(String form, String code, String error) {
        TestClient ana = client(SOON);
        assertThat(ana.ask("auth:refresh", form.replace('\'', '"')))
                .isEqualTo(json("{'success':false,'error':'%s','code':'%s'}", error, code));
        assertThat(text(TestNode.join(ana, "chat:ben:cat"), "code")).isEqualTo("access_denied");
        TestNode.assertSuccess(TestNode.join(ana, ROOM));
        node.time.advance(Duration.ofSeconds(70));
        assertThat(text(ana.next("auth:expired"), "expiresAt")).isEqualTo("2026-11-23T09:16:58.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"token\"", "[]"})
    void aRefreshWithoutAnObjectIsAnInvalidPayload(String payload) {
        assertThat(client(SOON).ask("auth:refresh", payload))
                .isEqualTo(
                        json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'payload'}"));
    }

    @Test
    void theTokenOfTheHandshakeRefreshesNothing() {
        Authenticator ofHeaders = credentials -> new Principal(new UserId("ana"), "patient");
        try (TestNode other = new TestNode(ofHeaders, UnaryOperator.identity())) {
            TestClient ana =
                    TestClient.open(other.acceptor, TestClient.handshake(Map.of("Authorization", List.of("Bearer a"))));
            ana.welcome("any");
            assertThat(text(ana.ask("auth:refresh", "{}"), "code")).isEqualTo("no_token");
            ana.lose();
        }
    }

    @Test
    void keysThatCannotBeReachedFailToVerify() {
        Authenticator usual = new TestAuthenticator();
        Authenticator moody = credentials -> {
            if (credentials.connect().orElseThrow().toString().contains("away")) {
                throw new StoreException("no keys");
            }
            return usual.authenticate(credentials);
        };
        try (TestNode away = new TestNode(moody, UnaryOperator.identity())) {
            assertThat(text(refresh(away.client(LATER), "away"), "code")).isEqualTo("verification_failed");
        }
    }

    @Test
    void theOtherNamespacesOfTheConnectionLoseItToo() {
        TestClient root = node.clientIn(ROOM, "ana/patient");
        TestClient alias = root.in("/api");
        alias.welcome(SOON);
        alias.settle();
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        node.time.advance(Duration.ofSeconds(70));
        alias.next("auth:expired");
        assertThat(root.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(root.events("auth:expired")).isEmpty();
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(5),
                () -> !ben.events("room:userLeft").isEmpty());
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("transport_close");
    }

    @Test
    void eachNamespaceIsRefreshedByItself() {
        TestClient root = client(SOON);
        TestClient alias = root.in("/api");
        alias.welcome(SOON);
        alias.settle();
        TestNode.assertSuccess(refresh(alias, LATER));
        node.time.advance(Duration.ofSeconds(70));
        root.next("auth:expired");
        assertThat(alias.events("auth:expired")).isEmpty();
        assertThat(alias.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aClientThatDoesNotReadTheEndIsCut() {
        TestClient ana = client(SOON);
        ana.settle();
        node.time.advance(Duration.ofSeconds(69));
        ana.next("auth:expiring");
        ana.stall();
        node.time.advance(Duration.ofSeconds(1));
        assertThat(node.realtime.sessions().count()).isZero();
        assertThat(ana.isClosed()).isFalse();
        node.time.advance(Duration.ofSeconds(5));
        assertThat(ana.closed()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void aRefreshAtTheLastMomentHoldsOrComesTooLate() throws Exception {
        Random random = Races.random();
        int kept = 0;
        for (int round = 0; round < 300; round++) {
            TestClient ana = client("ana/patient/" + node.time.instant().plusSeconds(10));
            ana.next("auth:expiring");
            String later = "ana/patient/" + node.time.instant().plusSeconds(3_600);
            int pause = random.nextInt(20_000);
            Thread clock = new Thread(() -> {
                for (int i = 0; i < pause; i++) {
                    Thread.onSpinWait();
                }
                node.time.advance(Duration.ofSeconds(10));
            });
            clock.start();
            long ack = ana.askLater("auth:refresh", "{\"token\":\"" + later + "\"}");
            clock.join();
            String success = "43" + ack + "[{\"success\":true";
            TestNode.soon(() -> ana.isClosed() || ana.packets().stream().anyMatch(heard -> heard.startsWith(success)));
            boolean isKept = !ana.isClosed();
            if (!isKept) {
                ana.closed();
            }
            assertThat(ana.packets().stream().anyMatch(heard -> heard.startsWith(success)))
                    .isEqualTo(isKept);
            assertThat(ana.events("auth:expired")).hasSize(isKept ? 0 : 1);
            kept += isKept ? 1 : 0;
            ana.lose();
        }
        System.out.println(kept + " of 300 were in time");
    }

    @Test
    void aSessionThatIsGoneIsNotWatched() {
        int alarms = node.time.waiting();
        TestClient left = client(SOON);
        left.leave();
        TestNode.soon(() -> node.realtime.sessions().count() == 0);
        left.lose();
        TestNode.soon(() -> node.time.waiting() == alarms);
    }

    /** A client whose session is watched by now. */
    private TestClient client(String token) {
        TestClient client = node.client(token);
        client.settle();
        return client;
    }

    private static Payload refresh(TestClient client, String token) {
        return client.ask("auth:refresh", "{\"token\":\"" + token + "\"}");
    }
}
