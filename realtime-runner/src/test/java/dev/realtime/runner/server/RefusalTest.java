package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final String UPGRADE =
            "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aRefusalIsAnsweredOverHttpAndTheConnectionClosed() throws Exception {
        String body = "{\"code\":\"rate_limited\",\"message\":\"Rate limit exceeded\"}";
        running.echo.refusal =
                Optional.of(new Refusal(429, body, CloseReason.RATE, Optional.of(Duration.ofMillis(1_001))));
        try (RawSocket client = new RawSocket(running.port())) {
            RawSocket.Answer answer = client.upgrade("/socket.io/?EIO=4&transport=websocket");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("content-length", Integer.toString(body.length()))
                    .containsEntry("retry-after", "2")
                    .containsEntry("connection", "close")
                    .doesNotContainKey("upgrade");
            client.awaitEnd();
            assertThat(running.echo.asked).isEqualTo(1);
            assertThat(running.echo.lines).isEmpty();
        }
    }

    @Test
    void aRefusalWithoutWaitHasNoRetryAfter() throws Exception {
        running.echo.refusal =
                Optional.of(new Refusal(403, "{\"code\":4,\"message\":\"Forbidden\"}", CloseReason.FORBIDDEN_ORIGIN));
        try (RawSocket client = new RawSocket(running.port())) {
            RawSocket.Answer answer = client.upgrade("/socket.io/");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.headers()).doesNotContainKey("retry-after");
        }
    }

    @Test
    void anUpgradeWhereNobodyListensIsNotFound() throws Exception {
        try (RawSocket client = new RawSocket(running.port())) {
            assertThat(client.upgrade("/elsewhere").status()).isEqualTo(404);
            client.awaitEnd();
        }
    }

    @Test
    void whatIsNoProperUpgradeIsABadRequest() throws Exception {
        assertThat(status("POST /socket.io/ HTTP/1.1\r\n" + UPGRADE + KEY + "Content-Length: 0\r\n\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /socket.io/ HTTP/1.1\r\n" + UPGRADE + "\r\n")).isEqualTo(400);
        assertThat(status("GET /socket.io/ HTTP/1.1\r\n" + UPGRADE + "Sec-WebSocket-Key: short\r\n\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /socket.io/ HTTP/1.1\r\n" + UPGRADE.replace("13", "8") + KEY + "\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /socket.io/ HTTP/1.1\r\n" + UPGRADE.replace("Connection: Upgrade", "Connection: close")
                        + KEY + "\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /socket.io/ HTTP/1.0\r\n" + UPGRADE + KEY + "\r\n"))
                .isEqualTo(400);
        assertThat(running.echo.asked).isZero();
    }

    @Test
    void garbageCostsItsOwnConnectionOnly() throws Exception {
        try (RawSocket other = running.connected();
                RawSocket garbage = new RawSocket(running.port())) {
            byte[] noise = new byte[100_000];
            new Random(7).nextBytes(noise);
            garbage.send(noise);
            garbage.awaitEnd();
            other.text("still here");
            assertThat(other.nextFrame().text()).isEqualTo("still here");
        }
    }

    private int status(String request) throws Exception {
        try (RawSocket client = new RawSocket(running.port())) {
            return client.exchange(request).status();
        }
    }
}
