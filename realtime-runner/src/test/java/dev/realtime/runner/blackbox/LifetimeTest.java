package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sessions end by the clock: clients that do nothing, and one that does not read. */
class LifetimeTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

    @TempDir
    private Path data;

    @Test
    void whoSendsNoEventIsDisconnectedByTheServer() {
        try (RunningServer server = start("IDLE_TIMEOUT_MS", "2000");
                StockClient client = StockClient.connected(server.port(), Tokens.patient())) {
            assertThat(client.heard().await("disconnect").textValue()).isEqualTo("io server disconnect");
        }
    }

    @Test
    void whoSendsNoFrameIsReaped() {
        try (RunningServer server = start("REAP_TIMEOUT_MS", "4000");
                RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            client.awaitClose();
        }
    }

    @Test
    void whoAnswersPingsStays() {
        Environment environment =
                Environment.inMemory(data).with("REAP_TIMEOUT_MS", "4000").with("PING_INTERVAL_MS", "200");
        try (RunningServer server = RunningServer.start(environment);
                RawClient client = RawClient.connected(server.port(), Tokens.patient())) {
            for (int pings = 1; pings <= 25; pings++) {
                client.heard().await("text", 3 + pings);
                client.send("3");
            }
            client.send("421[\"no:such\"]");
            assertThat(client.awaitText("431")).contains("unknown_event");
        }
    }

    @Test
    void whoDoesNotReadIsCutAndTheOthersGoOn() throws IOException {
        Environment environment =
                Environment.inMemory(data).with("OUTBOUND_QUEUE_BYTES", "65536").with("PRESENCE_GRACE_MS", "100");
        try (RunningServer server = RunningServer.start(environment);
                RawSocket deaf = new RawSocket(server.port(), 4_096);
                StockClient writer = StockClient.connected(server.port(), Tokens.provider())) {
            assertThat(deaf.upgrade(PATH).status()).isEqualTo(101);
            deaf.text("40" + Http.text(Map.of("token", Tokens.patient())));
            deaf.awaitText("42[\"connected\"");
            deaf.text("421[\"room:join\",{\"roomId\":\"loud\",\"roomType\":\"chat\"}]");
            deaf.awaitText("431[");
            Map<String, String> room = Map.of("roomId", "loud", "roomType", "chat");
            assertThat(writer.ask("room:join", room).path("success").booleanValue())
                    .isTrue();
            Map<String, String> loud = Map.of("roomId", "loud", "message", "x".repeat(9_000));
            while (writer.heard().named("room:userLeft").isEmpty()) {
                assertThat(writer.ask("message:send", loud).path("success").booleanValue())
                        .isTrue();
            }
            assertThat(writer.heard().await("room:userLeft").path("reason").textValue())
                    .isEqualTo("slow_consumer");
            assertThat(deaf.readToEnd()).isNotEmpty();
        }
    }

    private RunningServer start(String name, String value) {
        return RunningServer.start(Environment.inMemory(data).with(name, value));
    }
}
