package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code call:iceServers} names is let in by a real TURN server, for as long as it says (CONTRACT 5.4). */
class TurnCredentialsTest {
    private static final String SECRET = "north";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needed() {
        Coturn.assumeAvailable();
    }

    @Test
    void credentialsOpenARelay() {
        try (Coturn coturn = Coturn.start(folder, SECRET);
                RunningServer server = server(coturn, SECRET, "600")) {
            JsonNode turn = turn(server);
            assertThat(turn.get("urls").get(0).asText()).isEqualTo(coturn.url());
            String username = turn.get("username").asText();
            String credential = turn.get("credential").asText();
            assertThat(coturn.relays(folder, username, credential)).isTrue();
            assertThat(coturn.relays(folder, username.replace("demo", "other"), credential))
                    .isFalse();
            assertThat(coturn.relays(folder, "9" + username, credential)).isFalse();
        }
    }

    @Test
    void credentialsUnderAnotherSecretDoNot() {
        try (Coturn coturn = Coturn.start(folder, SECRET);
                RunningServer server = server(coturn, "south", "600")) {
            JsonNode turn = turn(server);
            assertThat(coturn.relays(
                            folder,
                            turn.get("username").asText(),
                            turn.get("credential").asText()))
                    .isFalse();
        }
    }

    @Test
    void credentialsThatHaveRunOutDoNot() {
        try (Coturn coturn = Coturn.start(folder, SECRET);
                RunningServer server = server(coturn, SECRET, "1")) {
            JsonNode turn = turn(server);
            String username = turn.get("username").asText();
            Instant end = Instant.ofEpochSecond(Long.parseLong(username.substring(0, username.indexOf(':'))));
            // Until the second after the last one in which they were good.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Instant.now().isAfter(end.plusSeconds(1)));
            assertThat(coturn.relays(folder, username, turn.get("credential").asText()))
                    .isFalse();
        }
    }

    private RunningServer server(Coturn coturn, String secret, String seconds) {
        return RunningServer.start(Environment.inMemory(folder)
                .with("TURN_URLS", coturn.url())
                .with("TURN_SECRET", secret)
                .with("TURN_TTL_SECONDS", seconds));
    }

    private static JsonNode turn(RunningServer server) {
        try (StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
            return client.ask("call:iceServers", Map.of()).get("iceServers").get(1);
        }
    }
}
