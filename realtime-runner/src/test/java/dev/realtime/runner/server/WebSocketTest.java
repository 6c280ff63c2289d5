package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WebSocketTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void theClientOfTheJdkIsEchoed() throws Exception {
        Listening listening = new Listening();
        WebSocket client = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("other", "realtime.v1.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + running.port() + "/realtime"), listening)
                .join();
        assertThat(client.getSubprotocol()).isEqualTo("realtime.v1.json");
        client.sendText("grüße 👋", true).join();
        assertThat(listening.next()).isEqualTo("grüße 👋");
        client.sendText("in ", false).join();
        client.sendText("three ", false).join();
        client.sendText("pieces", true).join();
        assertThat(listening.next()).isEqualTo("in three pieces");
        client.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        assertThat(listening.next()).isEqualTo("binary 3");
        client.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
        assertThat(listening.next()).isEqualTo("pong 7");
    }

    @RepeatedTest(50)
    void whateverIsWrittenWhileOpeningComesBehindTheAnswer() throws Exception {
        running.echo.whenOpened = line -> {
            new Thread(() -> line.send(Frame.text("other"))).start();
            line.send(Frame.text("own"));
            line.transport.ping();
        };
        try (RawSocket client = running.connected()) {
            assertThat(List.of(client.nextFrame(), client.nextFrame(), client.nextFrame()))
                    .extracting(RawSocket.Received::text)
                    .containsExactlyInAnyOrder("own", "other", "");
        }
    }

    @Test
    void aCloseWhileOpeningComesBehindTheAnswer() throws Exception {
        running.echo.whenOpened = line -> line.transport.close(CloseReason.DRAINING);
        try (RawSocket client = running.connected()) {
            assertThat(client.nextFrame().closeCode()).isEqualTo(4503);
        }
    }

    @Test
    void aMessageOfExactlyTheLimitIsEchoed() throws Exception {
        try (RawSocket client = running.connected()) {
            byte[] content = new byte[Running.LIMIT];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (i * 31);
            }
            client.send(RawSocket.masked(0x82, content));
            assertThat(client.nextFrame().content()).isEqualTo(content);
        }
    }

    @Test
    void largeMessagesInPursuitDoNotCountTogether() throws Exception {
        try (RawSocket client = running.connected()) {
            byte[] frame = RawSocket.masked(0x82, new byte[Running.LIMIT]);
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 5; i++) {
                        client.send(frame);
                    }
                    client.text("end");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            for (int i = 0; i < 5; i++) {
                assertThat(client.nextFrame().content()).hasSize(Running.LIMIT);
            }
            assertThat(client.nextFrame().text()).isEqualTo("end");
            sender.join();
        }
    }

    @Test
    void tenThousandFramesKeepTheirOrderBothWays() throws Exception {
        try (RawSocket client = running.connected()) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 10_000; i++) {
                        client.text("message " + i);
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            for (int i = 0; i < 10_000; i++) {
                assertThat(client.nextFrame().text()).isEqualTo("message " + i);
            }
            sender.join();
        }
    }

    @Test
    void framesOfEverySizeInOneWriteKeepTheirOrder() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            int[] sizes = {0, 1, 125, 126, 65_535, 65_536, 300_000, 5};
            line.transport.write(
                    java.util.Arrays.stream(sizes)
                            .mapToObj(size -> Frame.binary(new byte[size]))
                            .toList(),
                    line);
            for (int size : sizes) {
                assertThat(client.nextFrame().content()).hasSize(size);
            }
        }
    }

    @Test
    void pongsStandBetweenFramesAndNeverInsideOne() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            AtomicInteger pongs = new AtomicInteger();
            AtomicInteger sent = new AtomicInteger();
            Semaphore inFlight = new Semaphore(20);
            Thread sender = new Thread(() -> {
                while (pongs.get() < 10) {
                    inFlight.acquireUninterruptibly();
                    line.send(Frame.text("x".repeat(20_000)));
                    sent.incrementAndGet();
                }
                line.send(Frame.text("end"));
            });
            sender.start();
            int texts = 0;
            for (boolean isOver = false; !isOver; ) {
                client.send(RawSocket.masked(0x89, new byte[] {1, 2}));
                RawSocket.Received received = client.nextFrame();
                if (received.first() == 0x8a) {
                    assertThat(received.content()).containsExactly(1, 2);
                    pongs.incrementAndGet();
                } else {
                    assertThat(received.first()).isEqualTo(0x81);
                    isOver = received.text().equals("end");
                    assertThat(isOver || received.text().equals("x".repeat(20_000)))
                            .isTrue();
                    inFlight.release();
                    texts++;
                }
            }
            sender.join();
            assertThat(texts).isEqualTo(sent.get() + 1);
        }
    }

    @Test
    void theHandshakeIsHandedOverInWhole() throws Exception {
        try (RawSocket client = new RawSocket(running.port())) {
            RawSocket.Answer answer = client.upgrade(
                    "/socket.io?EIO=4&transport=polling&transport=websocket&name=a%20b",
                    "Cookie: accessToken=abc; other=d", "Origin: https://example.org", "X-Twice: one", "X-Twice: two");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(answer.headers()).doesNotContainKeys("server", "sec-websocket-extensions");
            Handshake handshake = running.echo.next().handshake;
            assertThat(handshake.path()).isEqualTo("/socket.io");
            assertThat(handshake.query())
                    .containsEntry("transport", "websocket")
                    .containsEntry("name", "a b")
                    .containsEntry("EIO", "4");
            assertThat(handshake.cookie("accessToken")).contains("abc");
            assertThat(handshake.header("origin")).contains("https://example.org");
            assertThat(handshake.headers()).containsEntry("x-twice", List.of("one", "two"));
            assertThat(handshake.remoteAddress()).contains("127.0.0.1");
            assertThat(running.echo.asked).isEqualTo(1);
        }
    }

    private static final class Listening implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
            heard.add(data.toString());
            return WebSocket.Listener.super.onText(client, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
            heard.add("binary " + data.remaining());
            return WebSocket.Listener.super.onBinary(client, data, last);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket client, ByteBuffer message) {
            heard.add("pong " + message.get());
            return WebSocket.Listener.super.onPong(client, message);
        }
    }
}
