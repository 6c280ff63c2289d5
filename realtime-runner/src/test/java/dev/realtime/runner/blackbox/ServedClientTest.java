package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.blackbox.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock client's files for browsers, below the path of the server, where an operator wants them (CONTRACT 1.1). */
class ServedClientTest {
    private static final String SCRIPT = "/socket.io/socket.io.js";
    private static final List<String> FILES = List.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map");

    @TempDir
    private static Path data;

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        for (String name : FILES) {
            Files.writeString(folder.resolve(name), contentOf(name));
        }
        Files.writeString(folder.resolve("secret.js"), "not for pages");
        server = RunningServer.start(Environment.production(data)
                .with("DATABASE_URL", "memory:")
                .with("SOCKETIO_CLIENT_DIR", folder.toString())
                .with("RATE_LIMIT_MAX", "2"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyFileIsServedAsWhatItIs() {
        for (String name : FILES) {
            Answer answer = get("/socket.io/" + name);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(contentOf(name));
            String type = name.endsWith(".map") ? "application/json" : "application/javascript";
            assertThat(header(answer, "Content-Type")).isEqualTo(type + "; charset=utf-8");
            assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=0");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{32}\"");
        }
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        String tag = header(get(SCRIPT), "ETag");
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Answer answer = get(SCRIPT, "If-None-Match", known);
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo(tag);
            assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=0");
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        }
        assertThat(get(SCRIPT, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(header(get("/socket.io/socket.io.min.js"), "ETag")).isNotEqualTo(tag);
    }

    @Test
    void headHasTheLengthAndNoContent() {
        Answer answer = server.http().ask("HEAD", SCRIPT, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).isEqualTo(get(SCRIPT).headers());
        assertThat(header(answer, "Content-Length"))
                .isEqualTo("" + contentOf("socket.io.js").length());
    }

    @Test
    void pagesOfAnAllowedOriginMayReadIt() {
        Answer allowed = get(SCRIPT, "Origin", "https://app.example.org");
        assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(header(allowed, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(allowed, "Vary")).isEqualTo("Origin");
        assertThat(get(SCRIPT, "Origin", "https://evil.example").status()).isEqualTo(403);
    }

    @Test
    void itMayBeFetchedAsOftenAsOneLikes() {
        for (int i = 0; i < 10; i++) {
            assertThat(get(SCRIPT).status()).isEqualTo(200);
        }
    }

    @Test
    void otherMethodsAreNotAllowed() {
        Answer answer = server.http().ask("DELETE", SCRIPT, "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret.js",
                "socket.io.msgpack.min.js",
                "SOCKET.IO.JS",
                "socket.io.js/",
                "./socket.io.js",
                "../socket.io/socket.io.js",
                "%2e%2e/socket.io.js",
                "socket.io%2ejs",
                "..%2f..%2fetc/passwd"
            })
    void noOtherNameIsServed(String name, @TempDir Path own) {
        try (RunningServer unhurried =
                RunningServer.start(Environment.inMemory(own).with("SOCKETIO_CLIENT_DIR", folder.toString()))) {
            assertThat(unhurried.http().get("/socket.io/" + name).status()).isEqualTo(404);
        }
    }

    @Test
    void theServerItselfIsWhereItWas() {
        Answer open = get("/socket.io/?EIO=4&transport=polling");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.body()).startsWith("0{");
    }

    @Test
    void aFolderThatCannotBeServedStopsTheStartWithAllOtherErrors(@TempDir Path empty) {
        Environment wrong = Environment.inMemory(data).with("PORT", "many");
        for (Path there : List.of(empty, empty.resolve("missing"))) {
            try (ServerProcess process = ServerProcess.launch(wrong.with("SOCKETIO_CLIENT_DIR", there.toString()))) {
                assertThat(process.exitCode()).isEqualTo(2);
                assertThat(process.output())
                        .contains("PORT: ", "SOCKETIO_CLIENT_DIR: ", "the folder dist of the npm package")
                        .doesNotContain("listening ", "Exception");
            }
        }
    }

    @Test
    void theStartReportSaysWhatIsServed(@TempDir Path own) {
        try (ServerProcess process =
                ServerProcess.start(Environment.inMemory(own).with("SOCKETIO_CLIENT_DIR", folder.toString()))) {
            assertThat(process.http().get(SCRIPT).body()).isEqualTo(contentOf("socket.io.js"));
            Awaitility.await().until(() -> process.output().contains("client     " + SCRIPT + ", from " + folder));
        }
    }

    private static String contentOf(String name) {
        return "the content of " + name;
    }

    private static String header(Answer answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Answer get(String path, String... headers) {
        return server.http().get(path, headers);
    }
}
