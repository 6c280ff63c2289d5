package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.runner.tls.TestCertificate;
import dev.realtime.runner.tls.TlsFiles;
import dev.realtime.runner.tls.TlsIdentity;
import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private TestCertificate certificate;
    private TlsFiles files;
    private SSLContext trusting;
    private Running running;

    @BeforeEach
    void start() throws Exception {
        certificate = TestCertificate.make(directory, "EC");
        files = certificate.writeTo(directory);
        trusting = certificate.trusting();
        running = Running.with(settings -> settings.as(Optional.of(TlsIdentity.of(files))));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void pagesAreServedOverBothVersions() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(trusting)
                    .sslParameters(new javax.net.ssl.SSLParameters(null, new String[] {version}))
                    .build();
            URI page = URI.create("https://localhost:" + running.port() + "/page");
            var answer = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"from\":\"127.0.0.1\"}");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void tenThousandFramesKeepTheirOrderBothWays() throws Exception {
        try (RawSocket client = connected(0)) {
            Thread sender = new Thread(() -> sendNumbers(client));
            sender.start();
            for (int i = 0; i < 10_000; i++) {
                assertThat(client.nextFrame().text()).isEqualTo("message " + i);
            }
            sender.join();
        }
    }

    @Test
    void aMessageOfExactlyTheLimitIsEchoed() throws Exception {
        try (RawSocket client = connected(0)) {
            byte[] content = new byte[Running.LIMIT];
            IntStream.range(0, content.length).forEach(i -> content[i] = (byte) (i * 31));
            client.send(RawSocket.masked(0x82, content));
            assertThat(client.nextFrame().content()).isEqualTo(content);
        }
    }

    @Test
    void theFramesOfOneWriteShareTheirRecords() throws Exception {
        try (RecordCounter wire = new RecordCounter(running.port());
                RawSocket client = RawSocket.secured(trusting, wire.port(), 0)) {
            assertThat(client.upgrade("/socket.io/").status()).isEqualTo(101);
            client.text("settled");
            assertThat(client.nextFrame().text()).isEqualTo("settled");
            Echo.Line line = running.echo.next();
            int before = wire.records();
            List<Frame> frames = IntStream.range(0, 300)
                    .mapToObj(i -> Frame.text("frame " + i + " " + "x".repeat(90)))
                    .toList();
            line.transport.write(frames, line);
            for (int i = 0; i < 300; i++) {
                assertThat(client.nextFrame().text()).startsWith("frame " + i + " ");
            }
            assertThat(wire.records() - before).isBetween(1, 5);
        }
    }

    @Test
    void aClientThatNeverReadsHoldsOneWriteAndCanBeCut() throws Exception {
        try (RawSocket slow = connected(4_096)) {
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = Echo.stuffed(line.transport);
            try (RawSocket other = connected(0)) {
                other.text("unaffected");
                assertThat(other.nextFrame().text()).isEqualTo("unaffected");
            }
            assertThat(outcome).isNotDone();
            line.transport.terminate();
            slow.awaitEnd();
            assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    @Test
    void aCloseIsSaidAndThenTheConnectionEnds() throws Exception {
        try (RawSocket client = connected(0)) {
            Echo.Line line = running.echo.next();
            line.transport.close(CloseReason.DISCONNECTED);
            assertThat(client.nextFrame().closeCode()).isEqualTo(4410);
            client.send(RawSocket.masked(0x88, RawSocket.closeContent(4410)));
            client.awaitEnd();
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    @Test
    void plainHttpIsCutAndHarmsNobody() throws Exception {
        try (RawSocket plain = new RawSocket(running.port());
                RawSocket client = connected(0)) {
            plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            plain.awaitEnd();
            client.text("unharmed");
            assertThat(client.nextFrame().text()).isEqualTo("unharmed");
        }
    }

    @Test
    void aChangedCertificateIsShownToThoseWhoComeNext() throws Exception {
        try (RawSocket before = connected(0)) {
            TestCertificate next = TestCertificate.make(directory, "RSA");
            next.writeTo(directory);
            SSLContext trustingNext = next.trusting();
            await().atMost(PATIENCE).until(() -> {
                running.timers.advance(Duration.ofSeconds(5));
                return isAccepted(trustingNext);
            });
            assertThat(isAccepted(certificate.trusting())).isFalse();
            before.text("as before");
            assertThat(before.nextFrame().text()).isEqualTo("as before");
        }
    }

    private RawSocket connected(int receiveBuffer) throws IOException {
        RawSocket client = RawSocket.secured(trusting, running.port(), receiveBuffer);
        assertThat(client.upgrade("/socket.io/?EIO=4").status()).isEqualTo(101);
        return client;
    }

    private boolean isAccepted(SSLContext context) throws IOException {
        try (RawSocket client = RawSocket.secured(context, running.port(), 0)) {
            return client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status() == 200;
        } catch (SSLHandshakeException untrusted) {
            return false;
        }
    }

    private static void sendNumbers(RawSocket client) {
        try {
            for (int i = 0; i < 10_000; i++) {
                client.text("message " + i);
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
