package dev.realtime.runner.blackbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What browsers and Node see: stock JavaScript clients, old and new, run the scripts under {@code socketio-clients}. */
@Order(1)
class JavaScriptClientTest {
    private static final int GRACE_MILLIS = 2_500;
    private static final List<String> SCRIPTS = List.of(
            "handshakes",
            "connecting",
            "rooms",
            "messages",
            "receipts",
            "presence",
            "calls",
            "leaving",
            "binary",
            "expiry");

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        NodeScripts.assumeAvailable();
        server = RunningServer.start(Environment.inMemory(data)
                .with("PRESENCE_GRACE_MS", Integer.toString(GRACE_MILLIS))
                .with("STUN_URLS", "stun:stun.example.org:3478")
                .with("TURN_URLS", "turn:turn.example.org:3478,turns:turn.example.org:5349?transport=tcp")
                .with("TURN_SECRET", "north"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Arguments> scriptsOfEachClient() {
        return NodeScripts.ofEachClient(SCRIPTS);
    }

    static List<String> clients() {
        return NodeScripts.CLIENTS;
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("scriptsOfEachClient")
    void theScriptPasses(String script, String client) {
        NodeScripts.run(script, server, client, Map.of("graceMillis", GRACE_MILLIS, "secret", Tokens.SECRET));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void callsEndByTimeAndAreSeenInPresenceAndNotifications(String client, @TempDir Path own) {
        try (RunningServer hasty = RunningServer.start(Environment.inMemory(own)
                .with("CALL_RING_TIMEOUT_MS", "3000")
                .with("CALL_DISCONNECT_GRACE_MS", Integer.toString(GRACE_MILLIS)))) {
            NodeScripts.run("call-endings", hasty, client, Map.of("graceMillis", GRACE_MILLIS));
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void cookiesCountWhereTheyAreSwitchedOn(String client, @TempDir Path own) {
        try (RunningServer cookies =
                RunningServer.start(Environment.inMemory(own).with("AUTH_COOKIE", "true"))) {
            NodeScripts.run("cookies", cookies, client, Map.of());
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRetryIsRecognisedAfterARestart(String client, @TempDir Path own) {
        Environment environment = Environment.development(own);
        try (RunningServer first = RunningServer.start(environment)) {
            NodeScripts.run("retries", first, client, Map.of("phase", "before", "roomId", "retries"));
        }
        try (RunningServer second = RunningServer.start(environment)) {
            NodeScripts.run("retries", second, client, Map.of("phase", "after", "roomId", "retries"));
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void historyIsReadInPages(String client, @TempDir Path own) throws SQLException {
        String url = "jdbc:h2:file:" + own.resolve("history") + ";WRITE_DELAY=0";
        Environment environment =
                Environment.development(own).with("DATABASE_URL", url).with("DATABASE_USER", "sa");
        try (RunningServer history = RunningServer.start(environment);
                Connection connection = DriverManager.getConnection(url, "sa", "")) {
            LongHistory.write(history, connection, "long-room");
            NodeScripts.run("history", history, client, Map.of("roomId", "long-room"));
        }
    }
}
