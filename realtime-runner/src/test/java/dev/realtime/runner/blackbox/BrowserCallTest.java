package dev.realtime.runner.blackbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two browsers with the client that the server serves them, in a call that the server sets up. */
class BrowserCallTest {
    private static final String CLIENT = "socket.io-client-4.8.4";
    private static final String MANY_SECONDS = "120000";

    @TempDir
    private Path data;

    @Test
    void twoPeopleSeeAndHearEachOtherAlsoWhileOneHasLostTheServer() {
        Path browser = Chromium.assumeAvailable();
        NodeScripts.assumeAvailable();
        String origin = "http://127.0.0.1:" + FreePort.outsideTheUsualRange();
        String stun = "stun:127.0.0.1:" + FreePort.outsideTheUsualRange();
        Environment environment = Environment.inMemory(data)
                .with("SOCKETIO_CLIENT_DIR", NodeScripts.browserFilesOf(CLIENT).toString())
                .with("CORS_ORIGINS", origin)
                .with("STUN_URLS", stun)
                .with("CALL_RING_TIMEOUT_MS", MANY_SECONDS)
                .with("CALL_DISCONNECT_GRACE_MS", MANY_SECONDS);
        try (RunningServer server = RunningServer.start(environment)) {
            Map<String, Object> given = new HashMap<>(NodeScripts.given(server.url(), CLIENT));
            given.put("browser", browser.toString());
            given.put("origin", origin);
            given.put("stun", stun);
            NodeScripts.run("call-in-browser.mjs", given);
        }
    }
}
