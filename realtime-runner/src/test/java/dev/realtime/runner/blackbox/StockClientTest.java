package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realtime.runner.blackbox.Heard.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Android or JVM application sees: the stock Java client against a server with its default database. */
class StockClientTest {
    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static String patientToken;
    private static String providerToken;

    @BeforeAll
    static void startAndLogIn() {
        server = RunningServer.start(Environment.development(data));
        patientToken = server.http().logIn("patient@example.com");
        providerToken = server.http().logIn("provider@example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void connectedIsTheFirstEventAndSaysWhoIsConnected() {
        try (StockClient patient = StockClient.connected(server.port(), patientToken)) {
            JsonNode connected = patient.heard().await("connected");
            assertThat(patient.heard().names()).startsWith("connect", "connected");
            assertThat(connected.path("socketId").textValue()).isEqualTo(patient.id());
            assertThat(patient.id()).matches("[A-Za-z0-9_-]{20}");
            assertThat(connected.path("userId").textValue()).isEqualTo("demo-patient-001");
            assertThat(connected.path("role").textValue()).isEqualTo("patient");
            assertThat(connected.path("recovered").isBoolean()).isTrue();
            assertThat(connected.path("recovered").booleanValue()).isFalse();
            assertThat(connected.path("timestamp").textValue()).matches(TIMESTAMP);
            assertThat(connected.path("expiresAt").textValue()).matches(TIMESTAMP);
            assertThat(connected.path("serverTime").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void aRefusedTokenIsToldByItsExactSentence() {
        try (StockClient client = StockClient.open(server.port(), Tokens.expired())) {
            JsonNode error = client.heard().await("connect_error");
            assertThat(error.path("message").textValue()).isEqualTo("Authentication error: Token expired");
            assertThat(error.at("/data/code").textValue()).isEqualTo("token_expired");
        }
    }

    @Test
    void twoMeetInARoomAndOneSeesTheOtherLeave() {
        try (StockClient patient = StockClient.connected(server.port(), patientToken);
                StockClient provider = StockClient.connected(server.port(), providerToken)) {
            join(patient, "meeting-room");
            JsonNode joined = join(provider, "meeting-room");
            assertThat(joined.path("participants").findValuesAsText("userId"))
                    .containsExactly("demo-patient-001", "demo-provider-001");
            JsonNode announced = patient.heard().await("room:userJoined");
            assertThat(announced.path("socketId").textValue()).isEqualTo(provider.id());
            assertThat(announced.path("userRole").textValue()).isEqualTo("provider");
            String gone = provider.id();
            provider.disconnect();
            JsonNode left = patient.heard().await("room:userLeft");
            assertThat(left.path("socketId").textValue()).isEqualTo(gone);
            assertThat(left.path("reason").textValue()).isEqualTo("client_disconnect");
        }
    }

    @Test
    void aMessageReachesTheOthersThenTheSenderThenItsAck() {
        try (StockClient patient = StockClient.connected(server.port(), patientToken);
                StockClient provider = StockClient.connected(server.port(), providerToken)) {
            join(patient, "visit:test-visit-123");
            join(provider, "visit:test-visit-123");
            JsonNode ack = patient.ask(
                    "message:send",
                    Map.of("visitId", "test-visit-123", "message", "Hello", "clientMessageId", "hello-1"));

            assertThat(ack.path("success").booleanValue()).isTrue();
            JsonNode message = ack.path("message");
            assertThat(message.path("roomId").textValue()).isEqualTo("visit:test-visit-123");
            assertThat(message.path("visitId").textValue()).isEqualTo("test-visit-123");
            assertThat(message.path("senderId").textValue()).isEqualTo("demo-patient-001");
            assertThat(message.path("status").textValue()).isEqualTo("sent");
            assertThat(message.at("/metadata/senderRole").textValue()).isEqualTo("patient");
            assertThat(message.path("seq").isIntegralNumber()).isTrue();
            assertThat(message.path("timestamp").textValue()).matches(TIMESTAMP);
            assertThat(provider.heard().await("message:new")).isEqualTo(message);
            List<Event> last = patient.heard().all();
            assertThat(last.subList(last.size() - 2, last.size()))
                    .containsExactly(new Event("message:sent", message), new Event("ack", ack));
            assertThat(patient.heard().named("message:new")).isEmpty();

            JsonNode history = provider.ask("message:history", Map.of("visitId", "test-visit-123"));
            assertThat(history.path("hasMore").booleanValue()).isFalse();
            assertThat(history.path("messages").findValuesAsText("id"))
                    .containsExactly(message.path("id").textValue());
        }
    }

    private static JsonNode join(StockClient client, String room) {
        JsonNode ack = client.ask("room:join", Map.of("roomId", room, "roomType", "chat"));
        assertThat(ack.path("success").booleanValue()).as(ack.toString()).isTrue();
        return ack;
    }
}
