package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that come before the acceptor has asked for them. */
class UnaskedBodyTest {
    private static final int LIMIT = 200_000;

    private final BlockingQueue<PlainExchange> taken = new LinkedBlockingQueue<>();
    private final WebServer server = new WebServer(
            ServerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            List.of(new Mount("/late/", new Late(), List.of())),
            request -> Response.json(404, "{}"),
            Runnable::run,
            new HandMovedTimers());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sixtyFourKilobytesAreKept() throws Exception {
        assertThat(askedLate(60_000)).isEqualTo("60001 bytes");
    }

    @Test
    void aboveThatTheBodyIsTooLargeWhateverIsAskedFor() throws Exception {
        assertThat(askedLate(70_000)).isEqualTo("too large");
    }

    /** What the acceptor reads of a body when it asks once all of it has come; the first byte comes with the head. */
    private String askedLate(int more) throws Exception {
        try (RawSocket client = new RawSocket(server.addresses().get(0).getPort())) {
            client.send(
                    bytes("POST /late/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (more + 1) + "\r\n\r\nx"));
            PlainExchange exchange = taken.poll(20, TimeUnit.SECONDS);
            client.send(bytes("y".repeat(more)));
            await().atMost(Duration.ofSeconds(20)).until(exchange::isWhole);
            CompletableFuture<String> read = new CompletableFuture<>();
            exchange.read(LIMIT, new HttpExchange.BodyReader() {
                @Override
                public void read(byte[] body) {
                    read.complete(body.length + " bytes");
                }

                @Override
                public void tooLarge() {
                    read.complete("too large");
                }
            });
            exchange.answer(HttpAnswer.empty(204));
            assertThat(client.answer().status()).isEqualTo(204);
            return read.get(20, TimeUnit.SECONDS);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes requests without asking for their bodies. */
    private final class Late implements Acceptor {
        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            throw new AssertionError("there are no WebSockets here");
        }

        @Override
        public boolean tryServe(HttpExchange exchange) {
            return taken.add((PlainExchange) exchange);
        }
    }
}
