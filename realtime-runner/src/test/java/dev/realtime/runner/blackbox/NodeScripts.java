package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The scripts under {@code socketio-clients}, with the stock JavaScript clients they need, installed once per build.
 * Without Node or the clients the tests that need them are skipped, but where {@code CI} is {@code true} they fail.
 */
final class NodeScripts {
    /** The stock clients, old and new, by the names the scripts know them by. */
    static final List<String> CLIENTS = List.of("socket.io-client-4.6.0", "socket.io-client-4.8.4");

    /** One of each behaviour that stock clients have had since 4.0. */
    static final List<String> ALL_CLIENTS = List.of(
            "socket.io-client-4.0.0",
            "socket.io-client-4.5.4",
            "socket.io-client-4.6.0",
            "socket.io-client-4.6.2",
            "socket.io-client-4.7.5",
            "socket.io-client-4.8.4");

    private static final int PATIENCE_SECONDS = 120;
    private static final Path FOLDER = Path.of("target", "socketio-clients").toAbsolutePath();
    private static final Optional<String> MISSING = prepare();

    private NodeScripts() {}

    /** Skips or fails the test that asks when scripts cannot be run. */
    static void assumeAvailable() {
        MISSING.ifPresent(reason -> {
            assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
            Assumptions.abort(reason);
        });
    }

    /** Runs one script; {@code given} is what it finds in {@code BLACKBOX}. All its tests must pass. */
    static void run(String script, Map<String, ?> given) {
        Outcome outcome = execute(List.of("node", script), Map.of("BLACKBOX", Http.text(given)));
        assertThat(outcome.code())
                .as(() -> script + " said:\n" + outcome.output())
                .isZero();
        assertThat(outcome.output()).containsPattern("(?m)^(# |ℹ )pass [1-9]");
    }

    /** Runs the script of this name with a client of that version; it finds {@code more} beside what all are given. */
    static void run(String script, RunningServer at, String client, Map<String, ?> more) {
        Map<String, Object> given = given(at.url(), client);
        given.putAll(more);
        run(script + ".mjs", given);
    }

    /** Each of the scripts with each of {@link #CLIENTS}, as arguments of a test. */
    static Stream<Arguments> ofEachClient(List<String> scripts) {
        return CLIENTS.stream().flatMap(client -> scripts.stream().map(script -> Arguments.of(script, client)));
    }

    /** What every script is given. */
    static Map<String, Object> given(String url, String client) {
        return new HashMap<>(Map.of("url", url, "client", client, "tokens", Tokens.byName()));
    }

    /** What this version of the client has for browsers. */
    static Path browserFilesOf(String client) {
        return FOLDER.resolve("node_modules").resolve(client).resolve("dist");
    }

    private record Outcome(int code, String output) {}

    private static Optional<String> prepare() {
        try {
            copyScripts();
            Path done = FOLDER.resolve("installed.json");
            Path wanted = FOLDER.resolve("package.json");
            if (Files.exists(done) && Files.mismatch(done, wanted) < 0) {
                return Optional.empty();
            }
            Outcome install =
                    execute(List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock"), Map.of());
            if (install.code() != 0) {
                return Optional.of("npm cannot install the JavaScript clients: " + install.output());
            }
            Files.copy(wanted, done, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } catch (IOException | UncheckedIOException absent) {
            return Optional.of("Node and npm are not here: " + absent.getMessage());
        }
    }

    private static void copyScripts() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(source())) {
            for (Path file : files.toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path source() {
        try {
            return Path.of(NodeScripts.class.getResource("/socketio-clients").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Outcome execute(List<String> command, Map<String, String> variables) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        try {
            Path output = Files.createTempFile(FOLDER, "output", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Outcome(process.exitValue(), said);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }
}
