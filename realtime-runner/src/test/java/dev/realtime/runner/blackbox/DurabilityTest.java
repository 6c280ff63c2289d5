package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Acknowledged means stored: what a client was told is still there after the server was killed. */
@Execution(ExecutionMode.CONCURRENT) // each has servers of its own, and most of the time is theirs to start
class DurabilityTest {
    private static final int KILLS = 5;
    private static final int PIPELINED = 20;

    @TempDir
    private Path data;

    @Test
    void anAcknowledgedMessageOutlivesAKilledServerOnH2() {
        sendAndKill(Environment.development(data));
    }

    @Test
    void anAcknowledgedMessageOutlivesAKilledServerOnPostgresql() throws IOException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            String url = "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";
            sendAndKill(Environment.development(data).with("DATABASE_URL", url));
        }
    }

    @Test
    void aServerThatIsAskedToStopLosesNothing() {
        Environment environment = Environment.development(data);
        List<Integer> acknowledged;
        try (ServerProcess server = ServerProcess.start(environment);
                StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
            for (int i = 1; i <= 500; i++) {
                client.send("message:send", message("m" + i));
            }
            client.heard().await("ack");
            server.terminate();
            assertThat(server.exitCode()).as(server::output).isZero();
            acknowledged = client.heard().named("ack").stream()
                    .filter(ack -> ack.path("success").booleanValue())
                    .map(ack -> ack.at("/message/seq").intValue())
                    .toList();
        }
        try (ServerProcess server = ServerProcess.start(environment);
                StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
            assertThat(numbers(client, acknowledged.size())).startsWith(acknowledged.toArray(Integer[]::new));
        }
    }

    private static void sendAndKill(Environment environment) {
        int stored = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(environment);
                    StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
                stored = checkWhatIsThere(client, stored);
                int acks = 0;
                for (int i = 0; i < PIPELINED; i++) {
                    acks = client.send("message:send", message("m" + i));
                }
                JsonNode ack = client.heard().await("ack", acks - kill);
                server.kill();
                assertThat(ack.path("success").booleanValue())
                        .as(ack.toString())
                        .isTrue();
                stored = ack.at("/message/seq").intValue();
            }
        }
        try (ServerProcess server = ServerProcess.start(environment);
                StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
            checkWhatIsThere(client, stored);
        }
    }

    /** All that was acknowledged is there, without a gap, and the next message gets the next number. */
    private static int checkWhatIsThere(StockClient client, int acknowledged) {
        List<Integer> numbers = numbers(client, acknowledged);
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(acknowledged);
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        JsonNode next = client.ask("message:send", message("after the start"));
        assertThat(next.at("/message/seq").intValue()).isEqualTo(numbers.size() + 1);
        return numbers.size() + 1;
    }

    private static List<Integer> numbers(StockClient client, int atLeast) {
        List<Integer> all = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            int last = all.isEmpty() ? 0 : all.get(all.size() - 1);
            JsonNode page =
                    client.ask("message:history", Map.of("roomId", "kept-room", "afterSeq", last, "limit", 200));
            page.path("messages").forEach(message -> all.add(message.path("seq").intValue()));
            hasMore = page.path("hasMore").booleanValue();
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(atLeast);
        return all;
    }

    private static Map<String, String> message(String text) {
        return Map.of("roomId", "kept-room", "message", text);
    }
}
