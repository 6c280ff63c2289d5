package dev.realtime.protocol.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.Realtime;
import dev.realtime.RealtimeSettings;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.Session;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole node on moved time that speaks the plain protocol; a token is {@code user/role}. */
class PlainNodeTest {
    private static final String ROOM = "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}";

    private final ManualTime time = new ManualTime();
    private final List<PlainTestClient> clients = new ArrayList<>();
    private final Realtime realtime = Realtime.with(credentials -> principal(credentials
                    .connect()
                    .flatMap(data -> data.get("token"))
                    .map(Payload::asText)
                    .orElse("")))
            .settings(RealtimeSettings.DEFAULTS.with(sessions()).with(RecoverySettings.OFF))
            .clocks(time, time)
            .start();
    private final Acceptor acceptor = realtime.accept(new PlainProtocol(PlainSettings.defaults()));

    /** Clients go first: a node that drains waits for them in real time. */
    @AfterEach
    void close() {
        clients.forEach(PlainTestClient::lose);
        realtime.close();
    }

    @Test
    void theGreetingIsTheFirstAndOnlyAnswerToAConnect() {
        PlainTestClient ana = open();
        Payload greeting = ana.connect("ana/patient");
        assertThat(greeting.get("userId").map(Payload::asText)).contains("ana");
        assertThat(greeting.get("role").map(Payload::asText)).contains("patient");
        assertThat(greeting.get("socketId").map(Payload::asText).orElseThrow()).matches("[A-Za-z0-9_-]{20}");
        assertThat(greeting.get("timestamp").map(Payload::asText)).contains("2026-11-23T09:15:48.000Z");
        ana.settle();
        assertThat(ana.frames()).hasSize(2);
    }

    @Test
    void eventsAreAnsweredUnderTheirNumberAndReachTheOthers() {
        PlainTestClient ana = joined("ana/patient");
        PlainTestClient ben = joined("ben/provider");
        assertThat(ana.next("room:userJoined").get("userId").map(Payload::asText))
                .contains("ben");
        Payload reply = ben.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"hi\"}");
        assertThat(reply.get("success").map(Payload::asBoolean)).contains(true);
        Payload message = reply.get("message").orElseThrow();
        assertThat(ana.next("message:new")).isEqualTo(message);
        assertThat(ben.next("message:sent")).isEqualTo(message);
    }

    @Test
    void anEventWithoutANumberIsNotAnswered() {
        PlainTestClient ana = connected("ana/patient");
        ana.tell("room:leave", "{\"roomId\":\"chat:ana:ben\"}");
        ana.tell("no:such", "{}");
        ana.settle();
        assertThat(ana.frames()).hasSize(2);
    }

    @Test
    void failuresAreRepliesToo() {
        PlainTestClient ana = connected("ana/patient");
        assertThat(ana.ask("no:such", "{}"))
                .isEqualTo(Payload.parse("{\"success\":false,\"error\":\"Unknown event\",\"code\":\"unknown_event\"}"));
        assertThat(ana.ask("room:join", "[]").get("field").map(Payload::asText)).contains("payload");
    }

    @ParameterizedTest
    @CsvSource({
        "'', no_token, Authentication error: No token provided",
        "expired, token_expired, Authentication error: Token expired",
        "forged, invalid_token, Authentication error: Invalid token",
        "unverifiable, verification_failed, Authentication error: Token verification failed",
    })
    void aRefusedTokenIsSaidAndCloses(String token, String code, String message) {
        PlainTestClient ana = open();
        ana.send("{\"event\":\"connect\",\"data\":{\"token\":\"" + token + "\"}}");
        assertThat(ana.refusal()).isEqualTo(error(code, message));
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(ana.frames()).hasSize(1);
    }

    @Test
    void aConnectWithoutDataHasNoToken() {
        PlainTestClient ana = open();
        ana.send("{\"event\":\"connect\"}");
        assertThat(ana.refusal().get("code").map(Payload::asText)).contains("no_token");
    }

    @Test
    void oneSessionTooManyIsRefused() {
        connected("ana/patient");
        connected("ana/patient");
        PlainTestClient third = open();
        third.send("{\"event\":\"connect\",\"data\":{\"token\":\"ana/patient\"}}");
        assertThat(third.refusal()).isEqualTo(error("too_many_connections", "Too many connections"));
        assertThat(third.closed()).isEqualTo(CloseReason.RATE);
        assertThat(third.frames()).hasSize(1);
    }

    @Test
    void anEventBeforeTheConnectCloses() {
        PlainTestClient ana = open();
        ana.tell("room:leave", "{\"roomId\":\"chat:ana:ben\"}");
        assertThat(ana.refusal().get("code").map(Payload::asText)).contains("no_token");
        assertThat(ana.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[]", "{\"data\":{}}", "{\"event\":\"connect\"}", "{\"event\":\"disconnect\"}"})
    void aBadFrameCloses(String frame) {
        PlainTestClient ana = connected("ana/patient");
        ana.send(frame);
        assertThat(ana.refusal()).isEqualTo(error("bad_frame", "Bad frame"));
        assertThat(ana.closed()).isEqualTo(CloseReason.BAD_FRAME);
    }

    @Test
    void aBinaryFrameCloses() {
        PlainTestClient ana = connected("ana/patient");
        ana.send(Frame.binary(new byte[] {'{', '}'}));
        assertThat(ana.closed()).isEqualTo(CloseReason.BAD_FRAME);
    }

    @Test
    void aFrameAboveTheBoundCloses() {
        PlainTestClient ana = connected("ana/patient");
        ana.send("{\"event\":\"a\",\"data\":\"" + "x".repeat(1_000_000) + "\"}");
        assertThat(ana.refusal()).isEqualTo(error("too_large", "Frame too large"));
        assertThat(ana.closed()).isEqualTo(CloseReason.TOO_LARGE);
        PlainTestClient ben = connected("ben/provider");
        ben.overflow();
        assertThat(ben.refusal()).isEqualTo(error("too_large", "Frame too large"));
        assertThat(ben.closed()).isEqualTo(CloseReason.TOO_LARGE);
    }

    @Test
    void whoDoesNotConnectInTimeIsClosed() {
        PlainTestClient ana = open();
        time.advance(Duration.ofSeconds(29));
        assertThat(ana.frames()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(ana.refusal()).isEqualTo(error("connect_timeout", "Connect timeout"));
        assertThat(ana.closed()).isEqualTo(CloseReason.TIMEOUT);
    }

    @Test
    void whoAnswersPingsStaysAndWhoDoesNotIsClosedInFortyFiveSeconds() {
        PlainTestClient ana = connected("ana/patient");
        time.advance(Duration.ofMinutes(10));
        assertThat(ana.pings()).isEqualTo(24);
        assertThat(ana.ask("no:such", "{}").get("code").map(Payload::asText)).contains("unknown_event");
        ana.ignorePings();
        time.advance(Duration.ofSeconds(45));
        assertThat(ana.closed()).isEqualTo(CloseReason.TIMEOUT);
        assertThat(ana.pings()).isEqualTo(25);
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndCutFiveSecondsLater() {
        PlainTestClient ana = joined("ana/patient");
        PlainTestClient ben = joined("ben/provider");
        ana.stall();
        String message = "{\"roomId\":\"chat:ana:ben\",\"message\":\"" + "x".repeat(9_000) + "\"}";
        for (int i = 0; i < 8; i++) {
            ben.ask("message:send", message);
        }
        assertThat(realtime.sessions().of(new UserId("ana"))).isEmpty();
        time.advance(Duration.ofSeconds(5));
        ana.cut();
        ben.settle();
    }

    @Test
    void persistentAbuseCloses() {
        PlainTestClient ana = connected("ana/patient");
        for (int i = 0; i < 2_000; i++) {
            ana.tell("no:such", "{}");
        }
        assertThat(ana.refusal()).isEqualTo(error("rate_limited", "Rate limit exceeded"));
        assertThat(ana.closed()).isEqualTo(CloseReason.RATE);
    }

    @Test
    void aSessionTheHostEndsIsClosedAsDisconnected() {
        PlainTestClient ana = connected("ana/patient");
        realtime.sessions().of(new UserId("ana")).forEach(Session::disconnect);
        assertThat(ana.closed()).isEqualTo(CloseReason.DISCONNECTED);
        assertThat(ana.frames()).hasSize(1);
    }

    @Test
    void aNodeThatStopsSaysWhenToComeBackAndCloses() {
        PlainTestClient ana = connected("ana/patient");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(realtime::close);
        assertThat(ana.next("server:shutdown").get("reconnectAfterMs").map(Payload::asLong))
                .contains(200L);
        await().until(() -> {
            time.advance(Duration.ofMillis(200));
            return closing.isDone();
        });
        assertThat(ana.closed()).isEqualTo(CloseReason.DRAINING);
        assertThat(acceptor.refuse(PlainTestClient.handshake(Map.of())))
                .map(Refusal::status)
                .contains(503);
    }

    @Test
    void aClientThatClosesHasLeftItsRoomsByItsWord() {
        PlainTestClient ana = joined("ana/patient");
        PlainTestClient ben = joined("ben/provider");
        ben.leave();
        Payload left = ana.next("room:userLeft");
        assertThat(left.get("reason").map(Payload::asText)).contains("client_disconnect");
    }

    @Test
    void aClientThatIsLostHasFiveSecondsToComeBack() {
        PlainTestClient ana = joined("ana/patient");
        PlainTestClient ben = joined("ben/provider");
        int alarms = time.waiting();
        ben.lose();
        // Its heartbeat has gone, the alarm of its departure comes.
        await().until(() -> time.waiting() == alarms);
        time.advance(Duration.ofMillis(4_999));
        ana.settle();
        assertThat(ana.frames()).noneMatch(frame -> frame.contains("room:userLeft"));
        time.advance(Duration.ofMillis(1));
        assertThat(ana.next("room:userLeft").get("reason").map(Payload::asText)).contains("transport_close");
    }

    @Test
    void aPageOfSomebodyElseIsForbidden() {
        Refusal refusal = acceptor.refuse(PlainTestClient.handshake(
                        Map.of("Origin", List.of("https://evil.example"), "Host", List.of("localhost"))))
                .orElseThrow();
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.reason().code()).isEqualTo(4403);
    }

    private PlainTestClient open() {
        PlainTestClient client = PlainTestClient.open(acceptor);
        clients.add(client);
        return client;
    }

    private PlainTestClient connected(String token) {
        PlainTestClient client = open();
        client.connect(token);
        return client;
    }

    private PlainTestClient joined(String token) {
        PlainTestClient client = connected(token);
        assertThat(client.ask("room:join", ROOM).get("success").map(Payload::asBoolean))
                .contains(true);
        return client;
    }

    private static Payload error(String code, String message) {
        return Payload.object().put("code", code).put("message", message).end();
    }

    private static Principal principal(String token) {
        String[] parts = token.split("/", -1);
        if (parts.length == 2) {
            return new Principal(new UserId(parts[0]), parts[1]);
        }
        throw new AuthenticationException(
                switch (token) {
                    case "" -> Reason.NO_TOKEN;
                    case "expired" -> Reason.TOKEN_EXPIRED;
                    case "unverifiable" -> Reason.VERIFICATION_FAILED;
                    default -> Reason.INVALID_TOKEN;
                },
                "a test token");
    }

    /** Thirty seconds to connect, 60 kB a queue, two sessions a user. */
    private static SessionSettings sessions() {
        SessionSettings defaults = SessionSettings.DEFAULTS;
        return new SessionSettings(
                        Duration.ofSeconds(30),
                        60_000,
                        defaults.maxConnections(),
                        2,
                        defaults.maxWaitingEvents(),
                        defaults.maxWaitingOnNode(),
                        defaults.drainTimeout(),
                        defaults.rates())
                .with(SessionSettings.Liveness.OFF);
    }
}
