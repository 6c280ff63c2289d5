package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense costs the connection that sends it, or gets its fixed answer. Another session never notices. */
class GarbageTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final String INVALID =
            "{\"success\":false,\"error\":\"Invalid payload\",\"code\":\"invalid_payload\"";

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static StockClient bystander;

    @BeforeAll
    static void start() {
        server = RunningServer.start(Environment.inMemory(data));
        bystander = StockClient.connected(server.port(), Tokens.provider());
    }

    @AfterEach
    void theOtherSessionGoesOn() {
        assertThat(bystander
                        .ask("room:leave", Map.of("roomId", "none"))
                        .path("success")
                        .booleanValue())
                .isTrue();
        assertThat(bystander.heard().names()).doesNotContain("disconnect");
        assertThat(server.http().get("/health").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        bystander.close();
        server.close();
    }

    static Stream<List<Object>> framesThatEndASession() {
        return Stream.<List<Object>>of(
                List.of(""),
                List.of("7"),
                List.of("x"),
                List.of("2"),
                List.of("2probe"),
                List.of("1"),
                List.of("4"),
                List.of("4abc"),
                List.of("47"),
                List.of("49"),
                List.of("42"),
                List.of("42{}"),
                List.of("42null"),
                List.of("42[]"),
                List.of("42[null]"),
                List.of("42[{}]"),
                List.of("42[\"room:join\""),
                List.of("42[\"room:join\",]"),
                List.of("42[\"room:join\"]]"),
                List.of("42[\"room:join\"] []"),
                List.of("42['room:join']"),
                List.of("42[\"room:join\",NaN]"),
                List.of("42-1[\"room:join\"]"),
                List.of("42abc[\"room:join\"]"),
                List.of("42" + "1".repeat(30) + "[\"room:join\"]"),
                List.of("42/other,[\"room:join\"]"),
                List.of("42[\"connect\"]"),
                List.of("42[\"connect_error\"]"),
                List.of("42[\"disconnect\"]"),
                List.of("42[\"disconnecting\"]"),
                List.of("42[\"x\"," + "[".repeat(32) + "]".repeat(32) + "]"),
                List.of("42[\"x\"," + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "]"),
                List.of("42" + "[".repeat(400_000)),
                List.of("43{}"),
                List.of("44{\"message\":\"no\"}"),
                List.of("41{}"),
                List.of("40/api,null"),
                List.of("40/api,[1]"),
                List.of("40/api,\"text\""),
                List.of("450-[\"x\"]"),
                List.of("4511-[\"x\"]"),
                List.of("451[\"x\"]"),
                List.of("451-[\"x\",{\"_placeholder\":true,\"num\":1}]", new byte[] {1}),
                List.of("451-[\"x\",{\"_placeholder\":true,\"num\":-1}]", new byte[] {1}),
                List.of("451-[\"x\",{\"_placeholder\":true,\"num\":\"0\"}]", new byte[] {1}),
                List.of("451-[\"x\",{\"_placeholder\":true,\"num\":0}]", "42[\"y\"]"),
                List.of("b!!!"),
                List.of(new byte[] {1, 2, 3}),
                List.of(new byte[0]),
                List.of("42[\"x\",\"" + "y".repeat(1_000_000) + "\"]"),
                List.of(new byte[1_000_001]));
    }

    @ParameterizedTest
    @MethodSource("framesThatEndASession")
    void aFrameThatIsNoneEndsItsConnection(List<Object> frames) {
        try (RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            frames.forEach(client::send);
            client.awaitClose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"room:join\",{}]", "42/api,[\"x\"]", "40null", "40[]", "40\"x\""})
    void anEventBeforeAConnectEndsItsConnection(String frame) {
        try (RawClient client = RawClient.open(server.port())) {
            client.send(frame);
            client.awaitClose();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3", "3probe", "5", "6", "0{}", "4399[]", "43[1]", "430", "40{\"token\":1}", "40", "42[\"x\"]"})
    void whatMeansNothingHereIsIgnored(String frame) {
        try (RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            client.send(frame);
            client.send("427[\"room:leave\",{\"roomId\":\"a\"}]");
            assertThat(client.awaitText("43")).startsWith("437[{\"success\":true");
        }
    }

    static Stream<Arguments> framesThatAreAnswered() {
        String payload = INVALID + ",\"field\":\"payload\"}";
        String unknown = "{\"success\":false,\"error\":\"Unknown event\",\"code\":\"unknown_event\"}";
        String nested = "[".repeat(31) + "]".repeat(31);
        return Stream.of(
                Arguments.of("420[\"room:join\"]", "430[" + payload + "]"),
                Arguments.of("421[\"room:join\",null]", "431[" + payload + "]"),
                Arguments.of("422[\"room:join\",17]", "432[" + payload + "]"),
                Arguments.of("423[\"room:join\",\"text\"]", "433[" + payload + "]"),
                Arguments.of("424[\"message:send\",[]]", "434[" + payload + "]"),
                Arguments.of("425[\"message:send\",true]", "435[" + payload + "]"),
                Arguments.of("426[\"room:leave\",{\"roomId\":null}]", "436[" + INVALID + ",\"field\":\"roomId\"}]"),
                Arguments.of("427[17,{}]", "437[" + unknown + "]"),
                Arguments.of("428[\"x\"," + nested + "]", "438[" + unknown + "]"),
                Arguments.of("429007199254740991[\"x\"]", "439007199254740991[" + unknown + "]"),
                Arguments.of("4210[\"__proto__\",{\"__proto__\":{\"a\":1}}]", "4310[" + unknown + "]"),
                Arguments.of("b" + base64("x"), "close"),
                Arguments.of("40/nope,", "44/nope,{\"message\":\"Invalid namespace\"}"));
    }

    @ParameterizedTest
    @MethodSource("framesThatAreAnswered")
    void aPayloadThatIsNoneGetsItsFixedAnswer(String frame, String answer) {
        try (RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            client.send(frame);
            if (answer.equals("close")) {
                client.awaitClose();
            } else {
                assertThat(client.awaitText(answer.substring(0, 4))).isEqualTo(answer);
            }
        }
    }

    @Test
    void aTextWhereTheAckWouldBeIsOneMoreArgument() {
        try (RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            client.send("42[\"room:join\",{\"roomId\":\"with-a-text\",\"roomType\":\"chat\"},\"not an ack\"]");
            client.send("42[\"room:join\",\"nonsense\",\"not an ack\"]");
            client.send("421[\"room:participants\",{\"roomId\":\"with-a-text\"},17,null,{}]");
            assertThat(Http.parse(client.awaitText("431").substring(3)).at("/0/participants"))
                    .hasSize(1);
            assertThat(client.heard().names()).containsOnly("text");
            assertThat(client.heard().all()).hasSize(4);
        }
    }

    @Test
    void noiseOfAnyKindIsSurvived() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String alphabet = "0123456789-,/[]{}\":\\abnul_placeholder tre\u00fc\ud83d\ude00\0";
        for (int round = 0; round < 60; round++) {
            try (RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
                for (int frame = 0; frame < 5; frame++) {
                    client.send(random.nextInt(4) == 0 ? bytes(random) : "4" + noise(random, alphabet));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a frame without a mask,              8103 616263",
        "a reserved opcode,                   8383 00000000 616263",
        "RSV1 without an extension,           c183 00000000 616263",
        "all reserved bits,                   f183 00000000 616263",
        "a continuation of nothing,           8083 00000000 616263",
        "a ping in parts,                     0980 00000000",
        "a ping that is too long,             89fe 0080 00000000",
        "a control opcode that is reserved,   8bff 0000000000000080 00000000",
        "text that is not UTF-8,              8182 00000000 c328",
        "a length beyond all memory,          81ff 3fffffffffffffff 00000000",
        "a negative length,                   81ff ffffffffffffffff 00000000",
        "a close with half a code,            8881 00000000 03",
        "a close with a code nobody may send, 8882 00000000 03ed",
        "a new message inside another,        0181 00000000 34 8181 00000000 34"
    })
    void bytesThatAreNoFrameEndTheirConnection(String name, String hex) throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            assertThat(socket.upgrade(PATH).status()).isEqualTo(101);
            socket.send(HexFormat.of().parseHex(hex.replace(" ", "")));
            assertThat(socket.closeCode()).isIn(1002, 1007, 1009, 4413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
            })
    void bytesThatAreNoRequestAreTurnedAway(String request) throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send(request.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.readToEnd(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("101 ", "200 ");
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String noise(Random random, String alphabet) {
        int[] points = alphabet.codePoints().toArray();
        StringBuilder noise = new StringBuilder();
        random.ints(random.nextInt(200), 0, points.length).forEach(place -> noise.appendCodePoint(points[place]));
        return noise.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
