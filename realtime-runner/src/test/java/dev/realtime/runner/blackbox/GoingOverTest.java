package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.runner.blackbox.Http.Answer;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From polling to WebSocket, frame by frame, as clients do it and as they should not. */
class GoingOverTest {
    private static final String LEAVE = "427[\"room:leave\",{\"roomId\":\"a\"}]";

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(Environment.inMemory(data));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aHeldGetIsLetGoByTheProbeAndWhatWaitsFollowsTheGo() {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        CompletableFuture<Answer> held = polled.getLater();
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send("2probe");
            socket.awaitText("3probe");
            assertThat(held.join().body()).isEqualTo("6");
            assertThat(polled.post(LEAVE).body()).isEqualTo("ok");
            socket.send("5");
            assertThat(socket.awaitText("437")).contains("\"success\":true");
            assertThat(polled.get().body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            assertThat(polled.post(LEAVE).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            socket.send(LEAVE.replace("427", "428"));
            socket.awaitText("438");
            assertThat(socket.heard().names()).doesNotContain("close");
        }
    }

    @Test
    void aGetBetweenProbeAndGoCarriesWhatThereIs() {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send("2probe");
            socket.awaitText("3probe");
            polled.post(LEAVE);
            assertThat(polled.await("437")).contains("\"success\":true");
            socket.send("5");
            socket.send(LEAVE);
            socket.awaitText("437");
        }
    }

    @Test
    void whoGoesOverWithoutAProbeIsTaken() {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send("5");
            socket.send(LEAVE);
            assertThat(socket.awaitText("437")).contains("\"success\":true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LEAVE, "2", "2other", "3probe", "1", "x", ""})
    void anythingElseCostsTheWebSocketAndNotTheSession(String frame) {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send(frame);
            socket.awaitClose();
        }
        assertGoesOver(polled);
    }

    /** The server hears of a loss in its own time; until then a new one is one too many. */
    @Test
    void anAbandonedTrialMayBeRepeated() {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        for (int i = 0; i < 3; i++) {
            await().until(() -> isTried(polled.sid(), socket -> {}));
        }
        polled.post(LEAVE);
        assertThat(polled.await("437")).contains("\"success\":true");
        await().until(() -> isTried(polled.sid(), socket -> {
            socket.send("5");
            socket.send(LEAVE);
            socket.awaitText("437");
        }));
    }

    /** Whether a WebSocket that probes is answered; then it goes on so. */
    private static boolean isTried(String sid, Consumer<RawClient> goingOn) {
        try (RawClient socket = RawClient.of(server.port(), sid)) {
            socket.send("2probe");
            boolean isAnswered = socket.heard()
                    .await(event -> event.name().equals("close") || event.name().equals("text"), "an answer")
                    .name()
                    .equals("text");
            if (isAnswered) {
                goingOn.accept(socket);
            }
            return isAnswered;
        } catch (CompletionException cut) {
            return false;
        }
    }

    @Test
    void aSecondWebSocketIsClosedAndDisturbsNobody() {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send("2probe");
            socket.awaitText("3probe");
            assertClosedAtOnce(polled.sid());
            socket.send("5");
            socket.send(LEAVE);
            socket.awaitText("437");
            assertClosedAtOnce(polled.sid());
            socket.send(LEAVE.replace("427", "428"));
            socket.awaitText("438");
        }
    }

    @Test
    void ofManyWebSocketsOneIsOnTrialOneIsClosedAndTheOthersAreCut() throws IOException {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        String path = "/socket.io/?EIO=4&transport=websocket&sid=" + polled.sid();
        try (RawSocket trial = new RawSocket(server.port());
                RawSocket deaf = new RawSocket(server.port())) {
            assertThat(trial.upgrade(path).status()).isEqualTo(101);
            assertThat(deaf.upgrade(path).status()).isEqualTo(101);
            assertThat(deaf.closeCode()).isEqualTo(1000);
            for (int i = 0; i < 10; i++) {
                assertThat(isCut(path)).isTrue();
            }
            trial.text("2probe");
            trial.awaitText("3probe");
        }
    }

    @Test
    void aSessionThatBeganOnWebSocketStaysWhereItIs() {
        try (RawClient first = RawClient.connected(server.port(), Tokens.patient())) {
            String sid =
                    Http.parse(first.awaitText("0{").substring(1)).path("sid").textValue();
            assertClosedAtOnce(sid);
            String polled = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
            assertThat(server.http().get(polled).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            first.send(LEAVE);
            first.awaitText("437");
        }
    }

    @Test
    void aWebSocketForASessionIsRefusedOverHttpWhereHttpCanSayNo() throws IOException {
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        String path = "/socket.io/?EIO=4&transport=websocket&sid=" + polled.sid();
        assertThat(upgrade(path.replace("EIO=4", "EIO=3"))).isEqualTo(400);
        assertThat(upgrade(path.replace(polled.sid(), "nobody"))).isEqualTo(400);
        assertThat(upgrade(path, "Origin: https://evil.example")).isEqualTo(403);
        assertThat(upgrade(path, "Origin: http://localhost:3000")).isEqualTo(101);
    }

    private static void assertGoesOver(PollingClient polled) {
        polled.post(LEAVE);
        assertThat(polled.await("437")).contains("\"success\":true");
        try (RawClient socket = RawClient.of(server.port(), polled.sid())) {
            socket.send("2probe");
            socket.awaitText("3probe");
            socket.send("5");
            socket.send(LEAVE);
            socket.awaitText("437");
        }
    }

    private static void assertClosedAtOnce(String sid) {
        await().until(() -> isClosedAtOnce(sid));
    }

    /** False when it was cut, because the one before it is still being closed. */
    private static boolean isClosedAtOnce(String sid) {
        try (RawClient second = RawClient.of(server.port(), sid)) {
            second.awaitClose();
            assertThat(second.heard().names()).isEqualTo(List.of("close"));
            return true;
        } catch (CompletionException cut) {
            return false;
        }
    }

    /** Whether a WebSocket ends without a word, not even of its close. */
    private static boolean isCut(String path) throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.upgrade(path);
            return socket.readToEnd().length == 0;
        } catch (SocketTimeoutException held) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private static int upgrade(String path, String... headers) throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            return socket.upgrade(path, headers).status();
        }
    }
}
