package dev.realtime.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.realtime.json.Payload;
import dev.realtime.runner.settings.RunnerSettings;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The plain protocol on the running server, over real sockets. */
class PlainServerTest {
    private static final String SECRET = "a secret of these tests, 32 bytes and more";
    private static final String ROOM = "chat:ana:ben";

    private final Server server = start(Map.of("PING_INTERVAL_MS", "200", "MAX_CONNECTIONS_PER_USER", "2"));
    private final PlainClient ana = new PlainClient();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientsOfBothProtocolsMeetInOneRoomAndReadTheSame() throws Exception {
        PlainClient ben = new PlainClient();
        WebSocket plain = connected(ana, "ana");
        send(plain, "{\"event\":\"room:join\",\"data\":{\"roomId\":\"" + ROOM + "\",\"roomType\":\"chat\"},\"id\":0}");
        assertThat(ana.next()).startsWith("{\"reply\":0,\"data\":{\"success\":true");
        WebSocket socketIo = ben.open(PlainClient.builder(), port(server), "/socket.io/?EIO=4&transport=websocket");
        send(socketIo, "40{\"token\":\"" + token("ben", 3_600) + "\"}");
        assertThat(packet(ben, "42[\"connected\",")).contains("\"userId\":\"ben\"");
        send(socketIo, "421[\"room:join\",{\"roomId\":\"" + ROOM + "\",\"roomType\":\"chat\"}]");
        assertThat(argument(packet(ben, "431["), "431["))
                .matches(ack -> ack.get("participants").orElseThrow().elements().size() == 2);
        assertThat(ana.event("room:userJoined").get("userId").map(Payload::asText))
                .contains("ben");

        send(plain, "{\"event\":\"message:send\",\"data\":{\"roomId\":\"" + ROOM + "\",\"message\":\"hi\"},\"id\":1}");
        Payload sent = ana.event("message:sent");
        assertThat(argument(packet(ben, "42[\"message:new\","), "42[\"message:new\","))
                .isEqualTo(sent);
        send(socketIo, "42[\"message:send\",{\"roomId\":\"" + ROOM + "\",\"message\":\"hello\"}]");
        Payload heard = ana.event("message:new");
        assertThat(argument(packet(ben, "42[\"message:sent\","), "42[\"message:sent\","))
                .isEqualTo(heard);

        plain.sendClose(1000, "").join();
        assertThat(ana.closeCode()).isEqualTo(1000);
        assertThat(argument(packet(ben, "42[\"room:userLeft\","), "42[\"room:userLeft\",")
                        .get("reason")
                        .map(Payload::asText))
                .contains("client_disconnect");
        socketIo.abort();
    }

    @Test
    void pingsAreAnsweredInBothDirections() throws Exception {
        WebSocket socket = connected(ana, "ana");
        await().until(() -> ana.pings.get() >= 3);
        socket.sendPing(ByteBuffer.wrap("are you there".getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(ana.pong.get(30, TimeUnit.SECONDS)).isEqualTo("are you there");
        send(socket, "{\"event\":\"no:such\",\"id\":5}");
        assertThat(ana.next()).startsWith("{\"reply\":5,");
        socket.abort();
    }

    @Test
    void aTokenOfTheUpgradeRequestCountsToo() throws Exception {
        WebSocket socket = ana.open(
                PlainClient.builder().header("Authorization", "Bearer " + token("ana", 3_600)),
                port(server),
                "/realtime");
        send(socket, "{\"event\":\"connect\"}");
        assertThat(ana.event("connected").get("userId").map(Payload::asText)).contains("ana");
        socket.abort();
    }

    @Test
    void closeCodesSayWhy() throws Exception {
        assertThat(closeAfter("{\"event\":\"connect\",\"data\":{\"token\":\"forged\"}}"))
                .isEqualTo("invalid_token 4401");
        assertThat(closeAfter("{\"event\":\"room:leave\",\"data\":{}}")).isEqualTo("no_token 4401");
        assertThat(closeAfter("hello")).isEqualTo("bad_frame 4400");
        assertThat(closeAfter("{\"event\":\"a\",\"data\":\"" + "x".repeat(1_000_000) + "\"}"))
                .isEqualTo("too_large 4413");
    }

    @Test
    void whoConnectsOnceTooOftenOrTooLateIsClosed() throws Exception {
        WebSocket first = connected(new PlainClient(), "ana");
        WebSocket second = connected(new PlainClient(), "ana");
        assertThat(closeAfter(connect("ana"))).isEqualTo("too_many_connections 4429");
        first.abort();
        second.abort();
        try (Server hasty = start(Map.of("CONNECT_TIMEOUT_MS", "100"))) {
            ana.open(PlainClient.builder(), port(hasty), "/realtime");
            assertThat(ana.next()).contains("\"connect_timeout\"");
            assertThat(ana.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void whoSaysNothingForTooLongIsClosed() throws Exception {
        try (Server strict = start(Map.of("IDLE_TIMEOUT_MS", "2000"))) {
            send(ana.open(PlainClient.builder(), port(strict), "/realtime"), connect("ana"));
            assertThat(ana.closeCode()).isEqualTo(4410);
        }
        try (Server reaping = start(Map.of("REAP_TIMEOUT_MS", "2000"))) {
            PlainClient ben = new PlainClient();
            send(ben.open(PlainClient.builder(), port(reaping), "/realtime"), connect("ben"));
            assertThat(ben.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void aPongIsASignOfLife() throws Exception {
        Map<String, String> lively = Map.of("REAP_TIMEOUT_MS", "4000", "PING_INTERVAL_MS", "200");
        try (Server reaping = start(lively)) {
            WebSocket socket = ana.open(PlainClient.builder(), port(reaping), "/realtime");
            send(socket, connect("ana"));
            ana.event("connected");
            await().atMost(30, TimeUnit.SECONDS).until(() -> ana.pings.get() >= 25);
            send(socket, "{\"event\":\"no:such\",\"id\":1}");
            assertThat(ana.next()).contains("unknown_event");
        }
    }

    @Test
    void aTokenThatRunsOutClosesAsUnauthenticated() throws Exception {
        send(ana.open(PlainClient.builder(), port(server), "/realtime"), connectWith(token("ana", 6)));
        ana.event("auth:expired");
        assertThat(ana.closeCode()).isEqualTo(4401);
    }

    @RepeatedTest(10)
    void aServerThatStopsSaysSoAndCloses() throws Exception {
        connected(ana, "ana");
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        assertThat(ana.event("server:shutdown").get("reconnectAfterMs")).isPresent();
        assertThat(ana.closeCode()).isEqualTo(4503);
        stopping.join();
    }

    @Test
    void theSubprotocolIsOursOrNone() {
        assertThat(ana.open(PlainClient.builder(), port(server), "/realtime").getSubprotocol())
                .isEmpty();
        assertThat(subprotocol("realtime.v1.json")).isEqualTo("realtime.v1.json");
        assertThat(subprotocol("chat", "realtime.v1.json")).isEqualTo("realtime.v1.json");
        assertThat(refused(PlainClient.builder().subprotocols("chat", "mqtt"))).isEqualTo(400);
    }

    @Test
    void pagesOfOthersAreForbidden() {
        assertThat(refused(PlainClient.builder().header("Origin", "https://evil.example")))
                .isEqualTo(403);
        assertThat(ana.open(PlainClient.builder().header("Origin", "http://localhost:3000"), port(server), "/realtime"))
                .isNotNull();
    }

    private WebSocket connected(PlainClient client, String user) throws InterruptedException {
        WebSocket socket = client.open(PlainClient.builder(), port(server), "/realtime");
        send(socket, connect(user));
        assertThat(client.event("connected").get("userId").map(Payload::asText)).contains(user);
        return socket;
    }

    /** Error code and close code. */
    private String closeAfter(String frame) throws Exception {
        PlainClient client = new PlainClient();
        WebSocket socket = client.open(PlainClient.builder(), port(server), "/realtime");
        send(socket, frame);
        Payload error = Payload.parse(client.next()).get("error").orElseThrow();
        return error.get("code").map(Payload::asText).orElse("none") + " " + client.closeCode();
    }

    private String subprotocol(String first, String... others) {
        return ana.open(PlainClient.builder().subprotocols(first, others), port(server), "/realtime")
                .getSubprotocol();
    }

    private int refused(WebSocket.Builder request) {
        CompletionException refusal = catchThrowableOfType(
                CompletionException.class, () -> new PlainClient().open(request, port(server), "/realtime"));
        return refusal.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : 0;
    }

    private static String packet(PlainClient client, String start) throws InterruptedException {
        String packet = client.next();
        while (!packet.startsWith(start) && !packet.equals("(nothing)")) {
            packet = client.next();
        }
        return packet;
    }

    private static Payload argument(String packet, String start) {
        return Payload.parse("[" + packet.substring(start.length())).elements().get(0);
    }

    private static void send(WebSocket socket, String text) {
        socket.sendText(text, true).join();
    }

    private static String connect(String user) {
        return connectWith(token(user, 3_600));
    }

    private static String connectWith(String token) {
        return "{\"event\":\"connect\",\"data\":{\"token\":\"" + token + "\"}}";
    }

    private static String token(String user, long seconds) {
        return JWT.create()
                .withClaim("userId", user)
                .withClaim("role", "patient")
                .withExpiresAt(Instant.now().plusSeconds(seconds))
                .sign(Algorithm.HMAC256(SECRET));
    }

    private static Server start(Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(
                Map.of("PORT", "0", "HOST", "127.0.0.1", "DATABASE_URL", "memory:", "JWT_SECRET", SECRET));
        environment.putAll(changes);
        return Server.start(RunnerSettings.read(environment));
    }

    private static int port(Server running) {
        return running.addresses().get(0).getPort();
    }
}
