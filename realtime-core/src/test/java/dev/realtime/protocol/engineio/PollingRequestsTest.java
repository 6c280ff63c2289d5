package dev.realtime.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollingRequestsTest {
    private static final String[] HANDSHAKE = {"EIO", "4", "transport", "polling"};

    private final PollingFixture http = new PollingFixture();

    @Test
    void theHandshakeIsAnsweredWithAnOpenPacketOfFiveKeys() {
        TestExchange open = http.open();
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.text())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000}");
        assertThat(open.header("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(open.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', '', 5, Unsupported protocol version",
        "GET, 3, polling, 5, Unsupported protocol version",
        "POST, 3, pigeon, 5, Unsupported protocol version",
        "GET, 4, '', 0, Transport unknown",
        "GET, 4, pigeon, 0, Transport unknown",
        "POST, 4, pigeon, 0, Transport unknown",
        "GET, 4, websocket, 3, Bad request",
        "POST, 4, websocket, 2, Bad handshake method",
        "POST, 4, polling, 2, Bad handshake method",
        "PUT, 4, polling, 2, Bad handshake method",
        "DELETE, 4, polling, 2, Bad handshake method",
        "HEAD, 4, polling, 2, Bad handshake method",
    })
    void aRequestThatBeginsNoSessionIsToldWhy(String method, String eio, String transport, int code, String message) {
        TestExchange asked = http.ask(method, "EIO", eio, "transport", transport);
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        assertThat(asked.header("Content-Type")).contains("application/json");
        assertThat(http.io.upper.refuseCalls).isZero();
    }

    @Test
    void aRequestWithoutAnyParameterIsOfAnUnsupportedVersion() {
        assertThat(http.ask("GET").text()).contains("\"code\":5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "HEAD"})
    void aSessionThatIsNotKnownIsToldSo(String method) {
        TestExchange asked = http.ask(method, "EIO", "4", "transport", "polling", "sid", "AAAAAAAAAAAAAAAAAAAA");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "PATCH"})
    void otherMethodsAreRefusedAndTheSessionLives(String method) {
        http.open();
        TestExchange asked = http.ask(http.of(method));
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text()).isEqualTo(PollingFixture.BAD_REQUEST);
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void anotherVersionInALaterRequestIsRefusedAndTheSessionLives() {
        http.open();
        TestExchange asked = http.ask("GET", "EIO", "3", "transport", "polling", "sid", http.sid());
        assertThat(asked.text()).isEqualTo(PollingFixture.BAD_REQUEST);
        Handshake webSocket = EngineIoFixture.request("EIO", "3", "transport", "websocket", "sid", http.sid());
        assertThat(http.io.acceptor.refuse(webSocket))
                .contains(new Refusal(400, PollingFixture.BAD_REQUEST, CloseReason.BAD_FRAME));
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void aWebSocketRequestWithoutAnUpgradeIsRefusedAndTheSessionLives() {
        http.open();
        TestExchange asked = http.ask("GET", "EIO", "4", "transport", "websocket", "sid", http.sid());
        assertThat(asked.text()).isEqualTo(PollingFixture.BAD_REQUEST);
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void aSessionThatBeganOnWebSocketCannotBePolled() {
        http.io.open();
        TestExchange asked = http.ask("GET", "EIO", "4", "transport", "polling", "sid", http.io.sid());
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text()).isEqualTo(PollingFixture.BAD_REQUEST);
        assertThat(http.io.knows(http.io.sid())).isTrue();
    }

    @Test
    void theLayerAboveMayRefuseASession() {
        http.io.upper.refusal = Optional.of(new Refusal(
                503, "{\"code\":\"server_draining\"}", CloseReason.DRAINING, Optional.of(Duration.ofMillis(1500))));
        TestExchange asked = http.ask("GET", HANDSHAKE);
        assertThat(asked.status()).isEqualTo(503);
        assertThat(asked.text()).isEqualTo("{\"code\":\"server_draining\"}");
        assertThat(asked.header("Retry-After")).contains("2");
    }

    @Test
    void theLayerAboveIsAskedOnceForASession() {
        http.open();
        http.post("4x");
        http.poll();
        assertThat(http.isAlive()).isTrue();
        assertThat(http.io.upper.refuseCalls).isOne();
    }

    @Test
    void aPageOfAnotherHostGetsNoSession() {
        TestExchange asked = http.ask(new TestExchange("GET", Map.of("origin", "http://evil.example"), HANDSHAKE));
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(http.io.upper.refuseCalls).isZero();
    }

    @Test
    void aPageOfAnotherHostCannotUseASessionThatIsThere() {
        http.open();
        TestExchange asked = http.ask(http.of("GET", Map.of("origin", "http://evil.example")));
        assertThat(asked.status()).isEqualTo(403);
        Handshake webSocket = new Handshake(
                "/socket.io/",
                Map.of("EIO", "4", "transport", "websocket", "sid", http.sid()),
                Map.of("origin", List.of("http://evil.example")),
                Optional.empty());
        assertThat(http.io.acceptor.refuse(webSocket)).map(Refusal::reason).contains(CloseReason.FORBIDDEN_ORIGIN);
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void anAllowedPageMayReadEveryAnswer() {
        http.io.upper.origins = new OriginPolicy(List.of("http://page.example"));
        Map<String, String> page = Map.of("origin", "http://page.example");
        http.open();
        assertThat(List.of(
                        http.ask(new TestExchange("GET", page, HANDSHAKE)),
                        http.ask(new TestExchange("GET", page, "EIO", "3")),
                        http.ask(http.of("POST", page)).body("4x"),
                        http.ask(http.of("POST", page)).body("4" + "x".repeat(1000)),
                        http.ask(http.of("GET", page))))
                .allSatisfy(asked -> {
                    assertThat(asked.header("Access-Control-Allow-Origin")).contains("http://page.example");
                    assertThat(asked.header("Access-Control-Allow-Credentials")).contains("true");
                    assertThat(asked.header("Vary")).contains("Origin");
                })
                .extracting(TestExchange::status)
                .containsExactly(200, 400, 200, 413, 400);
    }

    @Test
    void aRequestWithoutAnOriginIsToldNothingOfOrigins() {
        TestExchange open = http.open();
        assertThat(open.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(open.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void aPreflightIsAnsweredWithWhatIsAllowed() {
        http.io.upper.origins = new OriginPolicy(List.of("http://page.example"));
        Map<String, String> page =
                Map.of("origin", "http://page.example", "access-control-request-headers", "x-a, x-b");
        TestExchange asked = http.ask(new TestExchange("OPTIONS", page));
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Methods")).contains("GET, POST, DELETE, OPTIONS");
        assertThat(asked.header("Access-Control-Allow-Headers")).contains("x-a, x-b");
        assertThat(asked.header("Access-Control-Allow-Origin")).contains("http://page.example");
    }

    @Test
    void aPreflightEchoesNothingThatIsNoHeaderName() {
        TestExchange asked =
                http.ask(new TestExchange("OPTIONS", Map.of("access-control-request-headers", "x\"<script>")));
        assertThat(asked.header("Access-Control-Allow-Headers")).isEmpty();
        TestExchange foreign = http.ask(new TestExchange("OPTIONS", Map.of("origin", "http://evil.example")));
        assertThat(foreign.status()).isEqualTo(403);
    }
}
