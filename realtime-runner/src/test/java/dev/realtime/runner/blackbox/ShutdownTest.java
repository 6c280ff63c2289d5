package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop lets its clients go in stages. */
class ShutdownTest {
    private static final int CROWD = 120;

    @TempDir
    private Path data;

    @Test
    void clientsHearOfItAndAreLetGo() {
        NodeScripts.assumeAvailable();
        for (String client : NodeScripts.CLIENTS) {
            try (ServerProcess server = ServerProcess.start(Environment.inMemory(data))) {
                Map<String, Object> given = NodeScripts.given("http://127.0.0.1:" + server.port(), client);
                given.put("pid", server.pid());
                NodeScripts.run("shutdown.mjs", given);
                assertThat(server.exitCode()).as(server::output).isZero();
            }
        }
    }

    @Test
    void aServerThatLeavesTakesNobodyIn() throws IOException {
        List<RawClient> crowd = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(
                Environment.inMemory(data).with("MAX_CONNECTIONS_PER_USER", Integer.toString(CROWD)))) {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(RawClient.connected(server.port(), Tokens.patient()));
            }
            server.terminate();
            crowd.get(0).awaitText("42[\"server:shutdown\"");
            Http.Answer ready = server.http().get("/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("error").textValue()).isEqualTo("draining");
            try (RawSocket late = new RawSocket(server.port())) {
                RawSocket.Answer answer = late.upgrade("/socket.io/?EIO=4&transport=websocket");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers()).containsKey("retry-after");
                assertThat(answer.body())
                        .isEqualTo("{\"code\":\"server_draining\",\"message\":\"Server is draining\"}");
            }
            crowd.forEach(client -> client.awaitText("42[\"server:shutdown\""));
            crowd.forEach(RawClient::awaitClose);
            assertThat(server.exitCode()).as(server::output).isZero();
        } finally {
            crowd.forEach(RawClient::close);
        }
    }

    @Test
    void anIdleServerStopsAtOnce() {
        try (ServerProcess server = ServerProcess.start(Environment.inMemory(data))) {
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(server.output()).contains("Realtime ", "development", "storage", "insecure"));
            server.terminate();
            assertThat(server.exitCode()).as(server::output).isZero();
        }
    }
}
