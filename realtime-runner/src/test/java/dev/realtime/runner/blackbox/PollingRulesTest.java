package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realtime.runner.blackbox.Http.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poller may do and what it is told, by requests that no stock client makes. */
class PollingRulesTest {
    private static final int LARGEST = 2_000;
    private static final String RS = PollingClient.SEPARATOR;
    private static final String ORIGIN = "http://localhost:3000";
    private static final String LEAVE = "427[\"room:leave\",{\"roomId\":\"a\"}]";

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(Environment.inMemory(data).with("MAX_PAYLOAD_BYTES", Integer.toString(LARGEST)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOpenPacketHasFiveKeysAndNoCookie() {
        Answer open = server.http().get("/socket.io/?EIO=4&transport=polling&t=abc&other=1&b64=1");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(open.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(open.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(open.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(open.body()).startsWith("0{");
        JsonNode packet = Http.parse(open.body().substring(1));
        assertThat(packet.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(packet.path("sid").textValue()).matches("[A-Za-z0-9_-]{20}");
        assertThat(packet.path("upgrades")).hasToString("[\"websocket\"]");
        assertThat(packet.path("maxPayload").intValue()).isEqualTo(LARGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, transport=polling, 5, Unsupported protocol version",
        "GET, EIO=3&transport=polling, 5, Unsupported protocol version",
        "GET, EIO=44&transport=polling, 5, Unsupported protocol version",
        "GET, EIO=&transport=polling, 5, Unsupported protocol version",
        "POST, EIO=3&transport=polling, 5, Unsupported protocol version",
        "GET, EIO=4, 0, Transport unknown",
        "GET, EIO=4&transport=, 0, Transport unknown",
        "GET, EIO=4&transport=webtransport, 0, Transport unknown",
        "GET, EIO=4&transport=POLLING, 0, Transport unknown",
        "GET, EIO=4&transport=polling&transport=none, 0, Transport unknown",
        "GET, EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
        "POST, EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
        "GET, EIO=4&transport=polling&sid=, 1, Session ID unknown",
        "POST, EIO=4&transport=polling, 2, Bad handshake method",
        "PUT, EIO=4&transport=polling, 2, Bad handshake method",
        "DELETE, EIO=4&transport=polling, 2, Bad handshake method",
        "GET, EIO=4&transport=websocket, 3, Bad request"
    })
    void aRequestThatBeginsNothingIsToldWhy(String method, String query, int code, String message) {
        Answer answer = server.http().ask(method, "/socket.io/?" + query, "", "Origin", ORIGIN);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void anotherMethodIsABadRequestAndTheSessionGoesOn(String method) {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        Answer answer = client.ask(method);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertServed(client);
    }

    @Test
    void headIsAnsweredWithoutABodyAndTheSessionGoesOn() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        Answer answer = client.ask("HEAD");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
        assertServed(client);
    }

    @Test
    void anotherVersionForASessionIsABadRequest() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        String other = client.path().replace("EIO=4", "EIO=3");
        for (String method : List.of("GET", "POST")) {
            assertThat(server.http().ask(method, other, "").body())
                    .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        }
        assertServed(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.iox", "/socket.io/x", "/socket.io//", "/socket.io/socket.io.js", "/Socket.io/"})
    void otherPathsAreNotFound(String path) {
        Answer answer = server.http().get(path + "?EIO=4&transport=polling");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").textValue()).isEqualTo("Not Found");
    }

    @Test
    void theFinalSlashIsOptional() {
        assertThat(server.http().get("/socket.io?EIO=4&transport=polling").body())
                .startsWith("0{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "text/plain", "application/x-www-form-urlencoded", "nonsense"})
    void bodiesAreTextWhateverTheySay(String type) {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        Answer answer = client.post(LEAVE, "Content-Type", type);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(client.await("437")).contains("\"success\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "Application/Octet-Stream; a=b"})
    void bytesAreNotTakenForText(String type) {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        Answer answer = client.post(LEAVE, "Content-Type", type);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
        client.awaitEnd();
    }

    @Test
    void sizesAreCountedInBytes() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        String frame = "427[\"room:leave\",{\"roomId\":\"a\",\"x\":\"\"}]";
        int room = LARGEST - frame.length();
        String fits = "€".repeat(room / 3) + "x".repeat(room % 3);
        assertThat(client.post(frame.replace("\"\"", "\"" + fits + "\"")).status())
                .isEqualTo(200);
        assertThat(client.await("437")).contains("\"success\":true");
        Answer refused = client.post(frame.replace("\"\"", "\"" + fits + "x\""), "Origin", ORIGIN);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        client.awaitEnd();
    }

    @Test
    void twoGetsAreOneTooMany() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        List<Answer> answers = List.of(client.getLater(), client.getLater()).stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 400);
        assertThat(answers).extracting(Answer::body).containsExactlyInAnyOrder("1", "");
        client.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "x", "2", "4", "4x", "b!!!", "bQQ=="})
    void aPacketThatIsNoneEndsTheSessionBehindThoseBeforeIt(String bad) {
        try (RawClient other = RawClient.connected(server.port(), Tokens.provider())) {
            String room = "behind-" + System.nanoTime();
            other.send("421[\"room:join\",{\"roomId\":\"" + room + "\",\"roomType\":\"chat\"}]");
            other.awaitText("431");
            PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
            client.post(
                    "42[\"room:join\",{\"roomId\":\"" + room + "\",\"roomType\":\"chat\"}]" + RS + bad + RS + LEAVE);
            other.awaitText("42[\"room:userJoined\"");
            // Where the layer above finds the fault, the next GET is told of the end.
            assertThat(client.get().body()).isIn("6" + RS + "1", "{\"code\":1,\"message\":\"Session ID unknown\"}");
            client.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5", "6", "0{}"})
    void aPacketThatMeansNothingHereIsIgnored(String packet) {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        assertThat(client.post(packet + RS + LEAVE).body()).isEqualTo("ok");
        assertThat(client.await("437")).contains("\"success\":true");
    }

    @Test
    void whoSaysGoodbyeHasItsGetAnswered() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        CompletableFuture<Answer> held = client.getLater();
        assertThat(client.post("41" + RS + "1").body()).isEqualTo("ok");
        assertThat(held.join().body()).isEqualTo("6");
        client.awaitEnd();
    }

    @Test
    void attachmentsComeAndGoInBase64() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        String holders = "{\"_placeholder\":true,\"num\":0}";
        client.post("4510-8[\"x\"," + (holders + ",").repeat(9) + holders + "]" + (RS + "bAQID").repeat(10));
        assertThat(client.await("438")).contains("Unknown event");
        client.post("4511-9[\"x\"," + holders + "]" + (RS + "bAQID").repeat(11));
        assertThat(client.get().body()).isEqualTo("6" + RS + "1");
        client.awaitEnd();
    }

    @Test
    void aPageOfAKnownOriginMayReadAndAsk() {
        String path = "/socket.io/?EIO=4&transport=polling";
        Answer preflight = server.http()
                .ask(
                        "OPTIONS",
                        path,
                        "",
                        "Origin",
                        ORIGIN,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type");
        assertThat(preflight.status()).isEqualTo(204);
        assertReadable(preflight);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, POST, DELETE, OPTIONS");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization,content-type");
        PollingClient client = PollingClient.open(server.port(), "Origin", ORIGIN);
        assertReadable(client.post("40" + Http.text(Map.of("token", Tokens.patient())), "Origin", ORIGIN));
        assertReadable(client.get("Origin", ORIGIN));
    }

    @Test
    void aPageOfAnotherOriginGetsNothing() {
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        for (String path : List.of("/socket.io/?EIO=4&transport=polling", client.path())) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                Answer answer = server.http().ask(method, path, LEAVE, "Origin", "https://evil.example");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
        }
        assertServed(client);
    }

    private static void assertReadable(Answer answer) {
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
    }

    private static void assertServed(PollingClient client) {
        assertThat(client.post(LEAVE).body()).isEqualTo("ok");
        assertThat(client.await("437")).contains("\"success\":true");
    }
}
