package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real TURN server on the loopback, of the Debian package {@code coturn}, and its client. */
final class Coturn implements AutoCloseable {
    private static final String SERVER = "turnserver";
    private static final String CLIENT = "turnutils_uclient";
    private static final String MISSING = "coturn is not installed: apt-get install coturn";
    private static final long PATIENCE_SECONDS = 30;

    private final Process server;
    private final int port;

    private Coturn(Process server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Skips the test on a machine without coturn; where everything has to be there, it fails. */
    static void assumeAvailable() {
        boolean isThere = isInstalled(SERVER) && isInstalled(CLIENT);
        assertThat(isThere || !"true".equals(System.getenv("CI"))).as(MISSING).isTrue();
        assumeTrue(isThere, MISSING);
    }

    /** Starts one that shares the secret, and waits until it listens. */
    static Coturn start(Path folder, String secret) {
        int port = FreePort.outsideTheUsualRange();
        Path log = folder.resolve("turnserver.log");
        Process server = run(
                log,
                List.of(
                        SERVER,
                        "-n",
                        "--use-auth-secret",
                        "--static-auth-secret=" + secret,
                        "--realm=example.org",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--no-tls",
                        "--no-dtls",
                        "--no-cli",
                        "--log-file=stdout",
                        "--simple-log",
                        "--pidfile=" + folder.resolve("turnserver.pid"),
                        "--userdb=" + folder.resolve("turn.db")));
        Awaitility.await("turnserver listens").until(() -> text(log).contains("Total General servers"));
        return new Coturn(server, port);
    }

    String url() {
        return "turn:127.0.0.1:" + port;
    }

    /** Whether a client with these credentials gets a relay and hears itself over it. */
    boolean relays(Path folder, String username, String credential) {
        Process client = run(
                folder.resolve("uclient.log"),
                List.of(
                        CLIENT,
                        "-n",
                        "1",
                        "-m",
                        "1",
                        "-y",
                        "-c",
                        "-u",
                        username,
                        "-w",
                        credential,
                        "-p",
                        Integer.toString(port),
                        "127.0.0.1"));
        try {
            if (!client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                client.destroyForcibly();
                throw new AssertionError("the TURN client does not end: " + text(folder.resolve("uclient.log")));
            }
            return client.exitValue() == 0;
        } catch (InterruptedException hurried) {
            client.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", hurried);
        }
    }

    @Override
    public void close() {
        server.destroy();
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static Process run(Path log, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
