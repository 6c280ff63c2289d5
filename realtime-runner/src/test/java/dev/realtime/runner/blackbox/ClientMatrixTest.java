package dev.realtime.runner.blackbox;

import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.runner.conformance.Conformance;
import dev.realtime.runner.server.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stock JavaScript clients of six releases, each in every way of connecting, against one server; what the server as a
 * whole has no event for, such as binary values both ways, goes to an echo on the bare protocol.
 */
@Order(2)
class ClientMatrixTest {
    private static final EngineIoSettings PINGED_OFTEN =
            new EngineIoSettings(Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(10), 1_000_000);

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static WebServer echo;

    @BeforeAll
    static void start() throws IOException {
        NodeScripts.assumeAvailable();
        server = RunningServer.start(
                Environment.inMemory(data).with("RATE_EVENTS_PER_SECOND", "500").with("RATE_EVENTS_BURST", "5000"));
        echo = Conformance.server(0, PINGED_OFTEN);
        echo.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            echo.stop();
        }
    }

    static List<String> clients() {
        return NodeScripts.ALL_CLIENTS;
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyWayOfConnectingWorks(String client) {
        Map<String, Object> given = new HashMap<>(NodeScripts.given(server.url(), client));
        given.put("echoUrl", "http://localhost:" + echo.addresses().get(0).getPort());
        NodeScripts.run("matrix.mjs", given);
    }
}
