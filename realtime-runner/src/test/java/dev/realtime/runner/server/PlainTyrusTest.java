package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Refusal;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import dev.realtime.websocket.Transports;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library's endpoint on Tyrus as any host runs it, without the runner's server. */
class PlainTyrusTest {
    private final Echo echo = new Echo();
    private final TyrusServerContainer container =
            (TyrusServerContainer) new GrizzlyServerContainer().createContainer(Map.of());

    @BeforeEach
    void mount() throws Exception {
        EndpointSettings settings = new EndpointSettings(100_000, List.of("realtime.v1.json"), Transports.portable());
        RealtimeEndpoint.mount((ServerContainer) container, "/socket.io/", echo, settings);
        container.start("/", 0);
    }

    @AfterEach
    void stop() {
        container.stop();
    }

    @Test
    void handshakeAndMessagesReachTheAcceptorAndComeBack() throws Exception {
        try (RawSocket client = new RawSocket(container.getPort())) {
            RawSocket.Answer answer = client.upgrade(
                    "/socket.io?a=1&a=%C3%BC",
                    "Cookie: accessToken=abc", "Sec-WebSocket-Protocol: other, realtime.v1.json");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).containsEntry("sec-websocket-protocol", "realtime.v1.json");
            client.text("one");
            client.text("two");
            client.send(RawSocket.masked(0x82, new byte[] {3}));
            assertThat(client.nextFrame().text()).isEqualTo("one");
            assertThat(client.nextFrame().text()).isEqualTo("two");
            assertThat(client.nextFrame().content()).containsExactly(3);
            Echo.Line line = echo.next();
            assertThat(line.handshake.path()).isEqualTo("/socket.io");
            assertThat(line.handshake.query()).containsEntry("a", "ü");
            assertThat(line.handshake.cookie("accessToken")).contains("abc");
        }
    }

    @Test
    void concurrentHandshakesKeepTheirOwnRequests() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 200; i++) {
                String target = "/socket.io/?n=" + i;
                clients.execute(() -> connectAndReset(target));
            }
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                seen.add(echo.next().handshake.parameter("n").orElse("none"));
            }
            assertThat(seen).hasSize(200).doesNotContain("none");
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aRefusalIsA101AndTheCloseCode() throws Exception {
        echo.refusal = Optional.of(new Refusal(403, "{}", CloseReason.FORBIDDEN_ORIGIN));
        try (RawSocket client = new RawSocket(container.getPort())) {
            assertThat(client.upgrade("/socket.io/").status()).isEqualTo(101);
            assertThat(client.nextFrame().closeCode()).isEqualTo(4403);
            assertThat(echo.lines).isEmpty();
        }
    }

    @Test
    void theEndIsToldOnceForEachWayOfDying() throws Exception {
        try (RawSocket client = RawSocket.upgraded(container.getPort(), "/socket.io/")) {
            client.send(RawSocket.masked(0x88, RawSocket.closeContent(1000)));
            assertEndedOnceAs(CloseReason.NORMAL);
        }
        RawSocket.upgraded(container.getPort(), "/socket.io/").reset();
        assertThat(echo.next().end()).isNotNull();
        try (RawSocket client = RawSocket.upgraded(container.getPort(), "/socket.io/")) {
            client.send(RawSocket.masked(0x82, new byte[100_001]));
            assertThat(client.nextFrame().closeCode()).isEqualTo(4413);
            assertEndedOnceAs(CloseReason.TOO_LARGE);
        }
    }

    @Test
    void closingFromOurSideSendsTheCode() throws Exception {
        try (RawSocket client = RawSocket.upgraded(container.getPort(), "/socket.io/")) {
            Echo.Line line = echo.next();
            line.transport.close(CloseReason.DRAINING);
            assertThat(client.nextFrame().closeCode()).isEqualTo(4503);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    private void connectAndReset(String target) {
        try {
            RawSocket.upgraded(container.getPort(), target).reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertEndedOnceAs(CloseReason reason) throws InterruptedException {
        Echo.Line line = echo.next();
        assertThat(line.end()).isEqualTo(reason);
        assertThat(line.ends.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }
}
