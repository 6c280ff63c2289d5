package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sets for calls holds, and what they leave behind outlives the server. */
class CallVariablesTest {
    private static final String PATIENT = "demo-patient-001";
    private static final String PROVIDER = "demo-provider-001";

    @TempDir
    private Path data;

    @Test
    void aCallRingsForAsLongAsIsSet() {
        try (RunningServer server = server("CALL_RING_TIMEOUT_MS", "1000");
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient provider = StockClient.connected(server.port(), Tokens.provider())) {
            String id = ring(patient);
            assertThat(patient.heard().await("call:missed").get("recipientId").asText())
                    .isEqualTo(PROVIDER);
            JsonNode missed = provider.heard().await("call:missed");
            assertThat(missed.get("callId").asText()).isEqualTo(id);
            assertThat(missed.get("callerId").asText()).isEqualTo(PATIENT);
        }
    }

    @Test
    void aPartyMayBeAwayForAsLongAsIsSet() {
        try (RunningServer server = server("CALL_DISCONNECT_GRACE_MS", "500");
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient provider = StockClient.connected(server.port(), Tokens.provider())) {
            String id = ring(patient);
            accept(provider, id);
            patient.disconnect();
            JsonNode ended = provider.heard().await("call:ended");
            assertThat(ended.get("reason").asText()).isEqualTo("disconnect");
            assertThat(ended.get("endedBy").asText()).isEqualTo(PATIENT);
        }
    }

    @Test
    void whoTalksIsBusyWhereThatIsSet() {
        try (RunningServer server = server("CALL_BUSY_POLICY", "refuse");
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient provider = StockClient.connected(server.port(), Tokens.provider());
                StockClient other = StockClient.connected(server.port(), Tokens.of("other", "patient"))) {
            accept(provider, ring(patient));
            JsonNode refused = other.ask("call:initiate", Map.of("recipientId", PROVIDER));
            assertThat(refused.get("error").asText()).isEqualTo("User is busy");
            assertThat(refused.get("code").asText()).isEqualTo("user_busy");
        }
    }

    @Test
    void aUserBeginsAsManyCallsAsAreSet() {
        try (RunningServer server = server("RATE_CALLS_PER_MINUTE", "2");
                StockClient patient = StockClient.connected(server.port(), Tokens.patient())) {
            ring(patient);
            ring(patient);
            JsonNode refused = patient.ask("call:initiate", Map.of("recipientId", PROVIDER));
            assertThat(refused.get("code").asText()).isEqualTo("rate_limited");
            assertThat(refused.get("retryAfterMs").asLong()).isBetween(1L, 30_000L);
        }
    }

    @Test
    void recordsOutliveTheServer() {
        String id;
        try (RunningServer server = RunningServer.start(Environment.development(data));
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient provider = StockClient.connected(server.port(), Tokens.provider())) {
            id = ring(patient);
            accept(provider, id);
            provider.ask("call:quality", Map.of("callId", id, "metrics", Map.of("latency", 40)));
            provider.ask("call:end", Map.of("callId", id));
        }
        try (RunningServer server = RunningServer.start(Environment.development(data));
                StockClient patient = StockClient.connected(server.port(), Tokens.patient())) {
            JsonNode record = patient.ask("call:history", Map.of()).get("calls").get(0);
            assertThat(record.get("callId").asText()).isEqualTo(id);
            assertThat(record.get("endedBy").asText()).isEqualTo(PROVIDER);
            assertThat(record.get("quality").get("avgLatency").asInt()).isEqualTo(40);
        }
    }

    private RunningServer server(String name, String value) {
        return RunningServer.start(Environment.inMemory(data).with(name, value));
    }

    private static String ring(StockClient caller) {
        JsonNode ack = caller.ask("call:initiate", Map.of("recipientId", PROVIDER));
        assertThat(ack.get("status").asText()).isEqualTo("ringing");
        return ack.get("callId").asText();
    }

    private static void accept(StockClient callee, String id) {
        assertThat(callee.ask("call:accept", Map.of("callId", id)).get("status").asText())
                .isEqualTo("accepted");
    }
}
