package dev.realtime.runner.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, retries, history and receipts of stock JavaScript clients, kept in PostgreSQL. */
class ClientsOnPostgresqlTest {
    private static final int GRACE_MILLIS = 2_500;

    @TempDir
    private static Path data;

    private static EmbeddedPostgres database;
    private static Environment environment;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        NodeScripts.assumeAvailable();
        database = EmbeddedPostgres.start();
        environment = Environment.development(data)
                .with("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres")
                .with("PRESENCE_GRACE_MS", Integer.toString(GRACE_MILLIS));
        server = RunningServer.start(environment);
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (database != null) {
            database.close();
        }
    }

    static Stream<Arguments> scriptsOfEachClient() {
        return NodeScripts.CLIENTS.stream()
                .flatMap(client -> Stream.of("messages", "receipts").map(script -> Arguments.of(script, client)));
    }

    static List<String> clients() {
        return NodeScripts.CLIENTS;
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("scriptsOfEachClient")
    void theScriptPasses(String script, String client) {
        run(script, server, client, Map.of("graceMillis", GRACE_MILLIS, "secret", Tokens.SECRET));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRetryIsRecognisedOnAnotherNode(String client) {
        String room = "retries-" + client;
        run("retries", server, client, Map.of("phase", "before", "roomId", room));
        try (RunningServer second = RunningServer.start(environment)) {
            run("retries", second, client, Map.of("phase", "after", "roomId", room));
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void historyIsReadInPages(String client) throws SQLException {
        String room = "long-" + client;
        try (StockClient writer = StockClient.connected(server.port(), Tokens.patient())) {
            for (int i = 1; i <= 1000; i++) {
                writer.send("message:send", Map.of("roomId", room, "message", "m" + i));
            }
            writer.heard().await("ack", 1000);
        }
        putThreeHundredIntoOneMillisecond(room);
        run("history", server, client, Map.of("roomId", room));
    }

    private static void putThreeHundredIntoOneMillisecond(String room) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE realtime_message SET sent_at = 1795425348000 + CASE WHEN seq < 400 THEN seq"
                    + " WHEN seq < 700 THEN 400 ELSE seq END WHERE room_id = '" + room + "'");
        }
    }

    private static void run(String script, RunningServer at, String client, Map<String, ?> more) {
        Map<String, Object> given = new HashMap<>(NodeScripts.given(at.url(), client));
        given.putAll(more);
        NodeScripts.run(script + ".mjs", given);
    }
}
