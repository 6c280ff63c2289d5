package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away under a server that serves, and comes back. */
class OutageTest {
    private static final String DIRECT_CHAT = "chat:demo-patient-001:demo-provider-001";
    private static final Map<String, String> MESSAGE =
            Map.of("roomId", "test-room", "message", "Hello", "clientMessageId", "said during the outage");

    @TempDir
    private Path data;

    @TempDir
    private Path cluster;

    @Test
    void withoutItsDatabaseTheServerSaysSoAndGoesOnWhenItIsBack() throws IOException {
        int port = FreePort.outsideTheUsualRange();
        EmbeddedPostgres database = database(port);
        String url = "postgresql://postgres@127.0.0.1:" + port + "/postgres";
        try (RunningServer server =
                        RunningServer.start(Environment.development(data).with("DATABASE_URL", url));
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient provider = StockClient.connected(server.port(), Tokens.provider())) {
            for (StockClient client : new StockClient[] {patient, provider}) {
                client.ask("room:join", Map.of("roomId", "test-room", "roomType", "chat"));
                client.ask("room:join", Map.of("roomId", DIRECT_CHAT, "roomType", "chat"));
            }
            assertThat(server.http().get("/ready").status()).isEqualTo(200);
            database.close();

            assertThat(patient.ask("message:send", MESSAGE)).isEqualTo(failure("Failed to send message"));
            assertThat(patient.ask("message:history", Map.of("roomId", "test-room")))
                    .isEqualTo(failure("Failed to fetch message history"));
            Http.Answer ready = server.http().get("/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("status").textValue()).isEqualTo("not_ready");
            assertThat(ready.json().at("/checks/database/connected").booleanValue())
                    .isFalse();
            assertThat(server.http().get("/health").status()).isEqualTo(200);
            Http.Answer login = server.http()
                    .post("/api/v1/auth/login", Map.of("email", "patient@example.com", "password", "password123"));
            assertThat(login.status()).isEqualTo(503);
            assertThat(provider.ask("room:participants", Map.of("roomId", DIRECT_CHAT))
                            .path("participants"))
                    .hasSize(2);
            StockClient.connected(server.port(), Tokens.patient()).close();

            EmbeddedPostgres again = database(port);
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> server.http().get("/ready").status() == 200);
                JsonNode retried = patient.ask("message:send", MESSAGE);
                assertThat(retried.path("success").booleanValue())
                        .as(retried.toString())
                        .isTrue();
                assertThat(retried.at("/message/seq").intValue()).isEqualTo(1);
                assertThat(patient.ask("message:send", MESSAGE)).isEqualTo(retried);
                assertThat(provider.heard().await("message:new")).isEqualTo(retried.path("message"));
                provider.ask("room:leave", Map.of("roomId", "none"));
                assertThat(provider.heard().named("message:new")).hasSize(1);
                assertThat(patient.heard().named("message:sent")).hasSize(1);
            } finally {
                again.close();
            }
        }
    }

    /** The one database of this test, which keeps what it has while it is down. */
    private EmbeddedPostgres database(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static JsonNode failure(String error) {
        return Http.parse(Http.text(Map.of("success", false, "error", error, "code", "unavailable")));
    }
}
