package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in production, and one that refuses to become one. */
class ProductionTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"NODE_ENV", "REALTIME_ENV"})
    void withoutASecretAndOriginsItDoesNotStart(String mode) {
        Environment environment = Environment.production(data)
                .without("NODE_ENV")
                .without("JWT_SECRET")
                .without("CORS_ORIGINS")
                .with(mode, "production");
        try (ServerProcess server = ServerProcess.launch(environment)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("JWT_SECRET", "CORS_ORIGINS").doesNotContain("listening", "Exception");
        }
    }

    @Test
    void allErrorsAreToldAtOnceAndNoSecretIsShown() {
        Environment environment = Environment.production(data)
                .with("PORT", "many")
                .with("HOST", "not a host")
                .with("JWT_SECRET", "too-short-a-secret")
                .with("CORS_ORIGINS", "*")
                .with("DATABASE_URL", "mysql://user:hidden-password@db/realtime")
                .with("OPEN_ROOMS", "perhaps")
                .with("JWT_EXPIRY", "soon")
                .with("PING_INTERVAL_MS", "-5")
                .with("MAX_PAYLOAD_BYTES", "1e6")
                .with("LOG_LEVEL", "loud");
        try (ServerProcess server = ServerProcess.launch(environment)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .contains("PORT", "HOST", "JWT_SECRET", "CORS_ORIGINS", "DATABASE_URL", "OPEN_ROOMS")
                    .contains("JWT_EXPIRY", "PING_INTERVAL_MS", "MAX_PAYLOAD_BYTES", "LOG_LEVEL")
                    .doesNotContain("too-short-a-secret", "hidden-password", "Exception");
        }
    }

    @Test
    void aPortThatIsTakenIsAnErrorOfTheStart() {
        try (RunningServer first = RunningServer.start(Environment.inMemory(data));
                ServerProcess second =
                        ServerProcess.launch(Environment.inMemory(data).with("PORT", Integer.toString(first.port())))) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).doesNotContain("listening ");
        }
    }

    @Test
    void demoUsersOfDevelopmentCannotLogIn() {
        try (RunningServer development = RunningServer.start(Environment.development(data))) {
            assertThat(development.http().logIn("patient@example.com")).isNotEmpty();
        }
        try (RunningServer production = RunningServer.start(Environment.production(data))) {
            for (String who : new String[] {"patient", "provider", "admin"}) {
                Http.Answer answer = production
                        .http()
                        .post("/api/v1/auth/login", Map.of("email", who + "@example.com", "password", "password123"));
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.json().path("message").textValue()).isEqualTo("Invalid credentials");
            }
        }
    }

    @Test
    void onlyListedOriginsMayConnect() throws IOException {
        try (RunningServer server = RunningServer.start(Environment.production(data))) {
            for (String origin : new String[] {"https://evil.example", "http://localhost:3000", "null"}) {
                try (RawSocket socket = new RawSocket(server.port())) {
                    RawSocket.Answer answer = socket.upgrade(PATH, "Origin: " + origin);
                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
                }
                assertThat(server.http().get("/health", "Origin", origin).status())
                        .isEqualTo(403);
            }
            try (RawSocket socket = new RawSocket(server.port())) {
                assertThat(socket.upgrade(PATH, "Origin: https://app.example.org")
                                .status())
                        .isEqualTo(101);
            }
            Http.Answer known = server.http().get("/health", "Origin", "https://app.example.org");
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://app.example.org");
            assertThat(known.headers().firstValue("Access-Control-Allow-Credentials"))
                    .contains("true");
        }
    }

    @Test
    void roomsThatBelongToNobodyAreClosed() {
        try (RunningServer server = RunningServer.start(Environment.production(data));
                StockClient patient = StockClient.connected(server.port(), Tokens.patient());
                StockClient admin = StockClient.connected(server.port(), Tokens.of("root", "admin"))) {
            JsonNode refused = patient.ask("room:join", Map.of("roomId", "test-room", "roomType", "chat"));
            assertThat(refused.path("error").textValue()).isEqualTo("Access denied to this room");
            assertThat(refused.path("code").textValue()).isEqualTo("access_denied");
            assertThat(patient.ask("message:send", Map.of("roomId", "test-room", "message", "x")))
                    .isEqualTo(refused);
            assertThat(joins(patient, "chat:demo-patient-001:somebody")).isTrue();
            assertThat(joins(patient, "visit:test-visit-123")).isFalse();
            assertThat(joins(admin, "test-room")).isTrue();
        }
    }

    private static boolean joins(StockClient client, String room) {
        return client.ask("room:join", Map.of("roomId", room, "roomType", "chat"))
                .path("success")
                .booleanValue();
    }
}
