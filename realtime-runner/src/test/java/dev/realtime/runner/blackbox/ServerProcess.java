package dev.realtime.runner.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program in a process of its own, with nothing in its environment but what the test says. It runs from the class
 * path of the tests, because a jar beside it may be that of an older build; {@code RUNNER_JAR} names one to use instead.
 */
final class ServerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern LISTENING = Pattern.compile("listening +http://\\S+:(\\d+)");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread reader;

    private ServerProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it and waits until it listens. */
    static ServerProcess start(Environment environment) {
        ServerProcess server = launch(environment);
        server.port();
        return server;
    }

    /** Starts it without waiting for anything: it may refuse to run. */
    static ServerProcess launch(Environment environment) {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        Map<String, String> inherited = builder.environment();
        inherited.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG"));
        inherited.putAll(environment.variables());
        try {
            return new ServerProcess(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        try {
            return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException late) {
            close();
            throw new IllegalStateException("the server does not listen; it said: " + output(), late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    long pid() {
        return process.pid();
    }

    Http http() {
        return new Http(port());
    }

    /** SIGKILL: it has no time for anything. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM: it is asked to stop. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server goes on; it said: " + output());
            }
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            return process.exitValue();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    /** All it has said so far, on both streams. */
    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
        } catch (IOException closed) {
            lines.add("the output cannot be read: " + closed);
        }
        port.completeExceptionally(new IllegalStateException("the server ended"));
    }

    private static List<String> command() {
        String jvm = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(jvm, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(Optional.ofNullable(System.getenv("RUNNER_JAR"))
                .map(jar -> List.of("-jar", jar))
                .orElseGet(() -> List.of("-cp", System.getProperty("java.class.path"), "dev.realtime.runner.Main")));
        return command;
    }
}
