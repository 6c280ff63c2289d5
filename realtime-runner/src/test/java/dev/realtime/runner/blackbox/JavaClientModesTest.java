package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.runner.conformance.Conformance;
import dev.realtime.runner.server.WebServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock Java client in each way of connecting: polling, polling that becomes WebSocket, WebSocket. */
class JavaClientModesTest {
    private static final int LARGEST = 1_000_000;

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static WebServer echo;
    private static int rooms;

    @BeforeAll
    static void start() throws UnknownHostException {
        server = RunningServer.start(Environment.inMemory(data));
        echo = Conformance.server(0, EngineIoSettings.defaults());
        echo.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        echo.stop();
    }

    static Stream<List<String>> modes() {
        return Stream.of(List.of("polling"), List.of("polling", "websocket"), List.of("websocket"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void connectedIsFirstAndRefusalsHaveTheirSentences(List<String> mode) {
        try (StockClient client = connected(mode, Tokens.patient())) {
            assertThat(client.heard().names()).startsWith("connect", "connected");
            assertThat(client.heard().await("connected").path("socketId").textValue())
                    .isEqualTo(client.id());
        }
        assertRefused(mode, "", "Authentication error: No token provided", "no_token");
        assertRefused(mode, Tokens.expired(), "Authentication error: Token expired", "token_expired");
        assertRefused(mode, Tokens.signedByAStranger(), "Authentication error: Invalid token", "invalid_token");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void bothTalkFromTheFirstMomentAndHearAllInOrder(List<String> mode) {
        int count = 300;
        String room = "java-modes-" + ++rooms;
        List<String> wanted =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        try (StockClient talker = connected(List.of("websocket"), Tokens.provider());
                StockClient client = open(mode, Tokens.patient())) {
            join(talker, room);
            client.send("room:join", Map.of("roomId", room, "roomType", "chat"));
            wanted.forEach(text -> client.send("message:send", Map.of("roomId", room, "message", text)));
            talker.heard().await("room:userJoined");
            wanted.forEach(text -> talker.send("message:send", Map.of("roomId", room, "message", text)));
            for (StockClient each : List.of(talker, client)) {
                each.heard().await("ack", count + 1);
                each.heard().await("message:new", count);
                assertThat(texts(each.heard().named("message:new"))).isEqualTo(wanted);
                assertThat(texts(each.heard().named("message:sent"))).isEqualTo(wanted);
                assertThat(each.heard().named("ack").subList(1, count + 1))
                        .extracting(ack -> ack.at("/message/message").textValue())
                        .isEqualTo(wanted);
            }
            client.disconnect();
            assertThat(talker.heard().await("room:userLeft").path("reason").textValue())
                    .isEqualTo("client_disconnect");
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void binaryAndLargeValuesComeBackAsTheyWent(List<String> mode) throws InterruptedException {
        IO.Options options = new IO.Options();
        options.transports = mode.toArray(String[]::new);
        options.forceNew = true;
        options.reconnection = false;
        Socket socket = IO.socket(
                URI.create("http://localhost:" + echo.addresses().get(0).getPort()), options);
        BlockingQueue<Object[]> back = new LinkedBlockingQueue<>();
        socket.on("message-back", back::add);
        socket.connect();
        for (int count = 1; count <= 10; count++) {
            Object[] files = IntStream.range(0, count)
                    .mapToObj(size -> new byte[size * 1_000])
                    .peek(file -> Arrays.fill(file, (byte) 7))
                    .toArray();
            socket.emit("message", files);
            assertThat(shown(next(back))).isEqualTo(shown(files));
            Ack answer = back::add;
            socket.emit("message-with-ack", files, answer);
            assertThat(shown(next(back))).isEqualTo(shown(files));
        }
        for (Object large : List.of(
                "x".repeat(LARGEST - "42[\"message\",\"\"]".length()), "ü".repeat(490_000), new byte[700_000])) {
            socket.emit("message", large);
            assertThat(shown(next(back))).isEqualTo(shown(large));
        }
        socket.disconnect();
    }

    private static Object[] next(BlockingQueue<Object[]> back) throws InterruptedException {
        Object[] heard = back.poll(20, TimeUnit.SECONDS);
        return heard == null ? new Object[] {"nothing"} : heard;
    }

    /** Short, since a failure prints it. */
    private static List<String> shown(Object... values) {
        return Arrays.stream(values)
                .map(value -> value instanceof byte[] bytes
                        ? bytes.length + " bytes " + Arrays.hashCode(bytes)
                        : value.getClass().getSimpleName() + " " + value.hashCode())
                .toList();
    }

    private static void assertRefused(List<String> mode, String token, String message, String code) {
        try (StockClient client = open(mode, token)) {
            JsonNode error = client.heard().await("connect_error");
            assertThat(error.path("message").textValue()).isEqualTo(message);
            assertThat(error.at("/data/code").textValue()).isEqualTo(code);
        }
    }

    private static List<String> texts(List<JsonNode> messages) {
        return messages.stream()
                .map(message -> message.path("message").textValue())
                .toList();
    }

    private static void join(StockClient client, String room) {
        assertThat(client.ask("room:join", Map.of("roomId", room, "roomType", "chat"))
                        .path("success")
                        .booleanValue())
                .isTrue();
    }

    private static StockClient open(List<String> mode, String token) {
        return StockClient.open(server.port(), token, mode.toArray(String[]::new));
    }

    private static StockClient connected(List<String> mode, String token) {
        return StockClient.connected(server.port(), token, mode.toArray(String[]::new));
    }
}
