package dev.realtime.runner.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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
        return NodeScripts.ofEachClient(List.of("messages", "receipts"));
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
    void aRetryIsRecognisedOnAnotherNode(String client) {
        String room = "retries-" + client;
        NodeScripts.run("retries", server, client, Map.of("phase", "before", "roomId", room));
        try (RunningServer second = RunningServer.start(environment)) {
            NodeScripts.run("retries", second, client, Map.of("phase", "after", "roomId", room));
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void historyIsReadInPages(String client) throws SQLException {
        String room = "long-" + client;
        try (Connection connection = DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"))) {
            LongHistory.write(server, connection, room);
        }
        NodeScripts.run("history", server, client, Map.of("roomId", room));
    }
}
