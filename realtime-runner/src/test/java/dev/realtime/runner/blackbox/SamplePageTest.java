package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a development server shows to people, and production does not. */
@Order(3)
class SamplePageTest {
    @TempDir
    private Path data;

    @Test
    void developmentServesIt() {
        try (RunningServer server = RunningServer.start(Environment.inMemory(data))) {
            Map<String, String> types =
                    Map.of("/", "text/html", "/sample/sample.js", "text/javascript", "/sample/sample.css", "text/css");
            types.forEach((path, type) -> {
                Http.Answer answer = server.http().get(path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type")).contains(type + "; charset=utf-8");
                assertThat(answer.body()).isNotEmpty();
            });
        }
    }

    @Test
    void productionDoesNot() {
        try (RunningServer server = RunningServer.start(Environment.production(data))) {
            for (String path : new String[] {"/", "/sample/sample.js", "/sample/sample.css", "/sample/../"}) {
                Http.Answer answer = server.http().get(path);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.json().path("error").textValue()).isEqualTo("Not Found");
                assertThat(answer.json().path("message").textValue()).isEqualTo("Route GET " + path + " not found");
            }
        }
    }

    @Test
    void everyButtonDoesWhatItSaysInABrowser() {
        Path browser = Chromium.assumeAvailable();
        NodeScripts.assumeAvailable();
        try (RunningServer server =
                RunningServer.start(Environment.development(data).with("CALL_RING_TIMEOUT_MS", "10000"))) {
            Map<String, Object> given = new HashMap<>(NodeScripts.given(server.url(), "socket.io-client-4.8.4"));
            given.put("browser", browser.toString());
            NodeScripts.run("sample-page.mjs", given);
        }
    }
}
