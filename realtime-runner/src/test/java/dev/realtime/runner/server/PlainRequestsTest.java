package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.protocol.engineio.EngineIoAcceptor;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polling over real sockets, with bodies of up to 200,000 bytes. */
class PlainRequestsTest {
    private static final int LIMIT = 200_000;
    private static final String PATH = "/engine.io/?EIO=4&transport=polling";
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    private final Echo echo = new Echo();
    private final HandMovedTimers timers = new HandMovedTimers();
    private final ExecutorService pages = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
    private final WebServer server = server();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        pages.shutdownNow();
    }

    @Test
    void aSessionIsPolledOnOneConnection() throws Exception {
        try (RawSocket client = client()) {
            RawSocket.Answer open = client.exchange("GET " + PATH + HOST + "\r\n");
            assertThat(open.status()).isEqualTo(200);
            assertThat(open.headers())
                    .containsEntry("content-type", "text/plain; charset=UTF-8")
                    .containsEntry("cache-control", "no-store");
            assertThat(open.body()).contains("\"upgrades\":[\"websocket\"]");
            String session = session(open);
            for (int i = 0; i < 100; i++) {
                assertThat(post(client, session, "4" + i).body()).isEqualTo("ok");
                assertThat(client.exchange("GET " + session + HOST + "\r\n").body())
                        .isEqualTo("4" + i);
            }
        }
    }

    @Test
    void aHeldGetIsAnsweredWhenThereIsSomethingToSay() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            client.send(bytes("GET " + session + HOST + "\r\n"));
            Echo.Line line = echo.next();
            line.send(Frame.text("4later"));
            assertThat(client.answer().body()).isEqualTo("4later");
        }
    }

    @Test
    void aCutGetEndsTheSessionAtOnce() throws Exception {
        String session;
        try (RawSocket client = client()) {
            session = open(client);
            client.send(bytes("GET " + session + HOST + "\r\n"));
        }
        assertThat(echo.next().end()).isEqualTo(CloseReason.LOST);
        try (RawSocket other = client()) {
            RawSocket.Answer next = other.exchange("GET " + session + HOST + "\r\n");
            assertThat(next.status()).isEqualTo(400);
            assertThat(next.headers()).containsEntry("content-type", "application/json");
            assertThat(next.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        }
    }

    @Test
    void aResetGetEndsTheSessionAtOnce() throws Exception {
        try (RawSocket client = client()) {
            client.send(bytes("GET " + open(client) + HOST + "\r\n"));
            Echo.Line line = echo.next();
            client.reset();
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    @Test
    void aCutPostEndsTheSessionAtOnce() throws Exception {
        try (RawSocket client = client()) {
            client.send(bytes("POST " + open(client) + HOST + "Content-Length: 100\r\n\r\n4half"));
        }
        assertThat(echo.next().end()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void aSecondGetIsRefusedAndTheFirstToldOfTheEnd() throws Exception {
        try (RawSocket first = client();
                RawSocket second = client()) {
            String session = open(first);
            first.send(bytes("GET " + session + HOST + "\r\n"));
            second.send(bytes("GET " + session + HOST + "\r\n"));
            // Which of the two comes first is up to the network; it is the other that is too many.
            List<RawSocket.Answer> answers = List.of(first.answer(), second.answer());
            assertThat(answers).extracting(RawSocket.Answer::status).containsExactlyInAnyOrder(200, 400);
            assertThat(answers).extracting(RawSocket.Answer::body).containsExactlyInAnyOrder("1", "");
        }
    }

    @Test
    void aBodyMayComeInPiecesOrChunks() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            String body = "4" + "\u20ac".repeat(40_000);
            byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
            client.send(bytes("POST " + session + HOST + "Content-Length: " + utf8.length + "\r\n\r\n"));
            for (int at = 0; at < utf8.length; at += 7_001) {
                client.send(java.util.Arrays.copyOfRange(utf8, at, Math.min(utf8.length, at + 7_001)));
            }
            assertThat(client.answer().body()).isEqualTo("ok");
            assertThat(client.exchange("GET " + session + HOST + "\r\n").body()).isEqualTo(body);
            RawSocket.Answer chunked = client.exchange("POST " + session + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n4a\r\n3\r\n\u001e4b\r\n0\r\n\r\n");
            assertThat(chunked.body()).isEqualTo("ok");
            assertThat(client.exchange("GET " + session + HOST + "\r\n").body()).isEqualTo("4a\u001e4b");
        }
    }

    @Test
    void aBodyAtTheLimitIsTakenAndOneAboveRefused() throws Exception {
        try (RawSocket client = client();
                RawSocket other = client()) {
            String session = open(client);
            assertThat(post(client, session, "4" + "x".repeat(LIMIT - 1)).status())
                    .isEqualTo(200);
            RawSocket.Answer refused = post(client, session, "4" + "x".repeat(LIMIT));
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).isEmpty();
            assertThat(echo.next().end()).isEqualTo(CloseReason.TOO_LARGE);
            client.awaitEnd();
            assertThat(other.exchange("GET " + session + HOST + "\r\n").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void howMuchOfABodyComesWithItsHeadDoesNotMatter() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            String body = "4" + "x".repeat(LIMIT - 1);
            for (int i = 0; i < 50; i++) {
                assertThat(post(client, session, body).body()).isEqualTo("ok");
                assertThat(client.exchange("GET " + session + HOST + "\r\n").body())
                        .isEqualTo(body);
            }
        }
    }

    @Test
    void aChunkedBodyAboveTheLimitIsRefused() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            RawSocket.Answer refused = client.exchange(
                    "POST " + session + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(21) + "0\r\n\r\n");
            assertThat(refused.status()).isEqualTo(413);
            client.awaitEnd();
        }
    }

    @Test
    void aClientThatGoesOnSendingAfterItsRefusalIsCut() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            client.send(bytes("POST " + session + HOST + "Content-Length: 9999999\r\n\r\n4x"));
            assertThat(client.answer().status()).isEqualTo(413);
            client.send(bytes("more"));
            while (timers.waiting() == 0) {
                Thread.onSpinWait();
            }
            timers.advance(Duration.ofSeconds(5));
            client.awaitEnd();
        }
    }

    @Test
    void aClientThatWaitsForAWordBeforeItsBodyGetsOne() throws Exception {
        try (RawSocket client = client()) {
            String session = open(client);
            RawSocket.Answer word =
                    client.exchange("POST " + session + HOST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(word.status()).isEqualTo(100);
            assertThat(client.exchange("4a").body()).isEqualTo("ok");
            assertThat(client.exchange("GET " + session + HOST + "\r\n").body()).isEqualTo("4a");
        }
    }

    @Test
    void aRequestBeforeTheAnswerToTheLastCutsTheConnection() throws Exception {
        try (RawSocket client = client()) {
            String get = "GET " + open(client) + HOST + "\r\n";
            client.send(bytes(get));
            Echo.Line line = echo.next();
            client.send(bytes(get));
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
            client.awaitEnd();
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        try (RawSocket client = client()) {
            client.send(bytes("HEAD " + PATH + HOST + "\r\n"));
            RawSocket.Answer answer = client.answerWithoutBody();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers()).containsEntry("content-length", "43");
            client.awaitEnd();
        }
    }

    @Test
    void aPreflightIsAnswered() throws Exception {
        try (RawSocket client = client()) {
            RawSocket.Answer answer = client.exchange("OPTIONS " + PATH + HOST
                    + "Origin: http://localhost\r\nAccess-Control-Request-Method: POST\r\n\r\n");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers())
                    .containsEntry("access-control-allow-origin", "http://localhost")
                    .containsEntry("access-control-allow-credentials", "true")
                    .doesNotContainKey("content-length");
        }
    }

    @Test
    void anUpgradeToSomethingElseIsAnOrdinaryRequest() throws Exception {
        try (RawSocket client = client()) {
            RawSocket.Answer answer =
                    client.exchange("GET " + PATH + HOST + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("0{");
            String session = session(answer);
            String offer = HOST + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
            assertThat(client.exchange("POST " + session + offer + "Content-Length: 2\r\n\r\n4a")
                            .body())
                    .isEqualTo("ok");
            assertThat(client.exchange("GET " + session + offer + "\r\n").body())
                    .isEqualTo("4a");
        }
    }

    @Test
    void theFinalSlashIsOptionalAndOtherPathsArePages() throws Exception {
        try (RawSocket client = client()) {
            assertThat(client.exchange("GET /engine.io?EIO=4&transport=polling" + HOST + "\r\n")
                            .body())
                    .startsWith("0{");
            assertThat(client.exchange("GET /engine.io/engine.io.js" + HOST + "\r\n")
                            .body())
                    .contains("\"page\":\"/engine.io/engine.io.js\"");
            assertThat(client.exchange("GET " + PATH + HOST + "\r\n").body()).startsWith("0{");
        }
    }

    @Test
    void aPageBehindAnAcceptorThatHasOnlyWebSocketGetsTheWholeRequest() throws Exception {
        try (RawSocket client = client()) {
            RawSocket.Answer answer = client.exchange("POST /plain" + HOST + "Content-Length: 5\r\n\r\nwhole");
            assertThat(answer.body()).contains("/plain");
            assertThat(asked.take().body()).isEqualTo("whole");
            client.send(bytes("POST /plain" + HOST + "Content-Length: 6\r\n\r\n"));
            client.send(bytes("pie"));
            client.send(bytes("ces"));
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(asked.take().body()).isEqualTo("pieces");
        }
    }

    @Test
    void aSessionGoesOverToAWebSocket() throws Exception {
        try (RawSocket http = client();
                RawSocket late = client()) {
            String session = open(http);
            http.send(bytes("GET " + session + HOST + "\r\n"));
            Echo.Line line = echo.next();
            try (RawSocket socket = RawSocket.upgraded(port(), session.replace("polling", "websocket"))) {
                socket.text("2probe");
                assertThat(socket.nextFrame().text()).isEqualTo("3probe");
                assertThat(http.answer().body()).isEqualTo("6");
                line.send(Frame.text("4waiting"));
                socket.text("5");
                assertThat(socket.nextFrame().text()).isEqualTo("4waiting");
                socket.text("4over");
                assertThat(socket.nextFrame().text()).isEqualTo("4over");
                assertThat(late.exchange("GET " + session + HOST + "\r\n").body())
                        .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
                try (RawSocket second = RawSocket.upgraded(port(), session.replace("polling", "websocket"))) {
                    assertThat(second.nextFrame().closeCode()).isEqualTo(1000);
                }
            }
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    private WebServer server() {
        EngineIoSettings settings =
                new EngineIoSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), LIMIT);
        return new WebServer(
                ServerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(
                        new Mount("/engine.io/", new EngineIoAcceptor(settings, timers, echo), List.of()),
                        new Mount("/plain", echo, List.of())),
                this::page,
                pages,
                timers);
    }

    private Response page(Request request) {
        asked.add(request);
        return Response.json(200, "{\"page\":\"" + request.path() + "\"}");
    }

    private int port() {
        return server.addresses().get(0).getPort();
    }

    private RawSocket client() throws IOException {
        return new RawSocket(port());
    }

    private static String open(RawSocket client) throws IOException {
        return session(client.exchange("GET " + PATH + HOST + "\r\n"));
    }

    private static String session(RawSocket.Answer open) {
        return PATH + "&sid=" + open.body().substring("0{\"sid\":\"".length()).substring(0, 20);
    }

    private static RawSocket.Answer post(RawSocket client, String session, String body) throws IOException {
        return client.exchange("POST " + session + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
