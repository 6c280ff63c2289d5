package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.Acceptor;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import dev.realtime.websocket.Transports;
import jakarta.websocket.server.ServerContainer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain protocol, byte by byte, on this server and on Tyrus as a host runs it; a ping comes after 100 ms. */
class PlainProtocolTest {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int CLOSE = 0x88;
    private static final String CONNECT = "{\"event\":\"connect\"}";

    private final Realtime realtime = Realtime.with(credentials -> new Principal(new UserId("ana"), "patient"))
            .start();
    private final Acceptor acceptor =
            realtime.accept(new PlainProtocol(new PlainSettings(Duration.ofMillis(100), Duration.ofSeconds(5), 1_000)));
    private final WebServer server = new WebServer(
            new ServerSettings(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), 1_000, 1_000, 16_384, 10),
            List.of(new Mount("/realtime", acceptor, List.of(PlainProtocol.SUBPROTOCOL))),
            request -> Response.json(404, "{}"),
            realtime.workers(),
            realtime.timers());
    private final TyrusServerContainer tyrus =
            (TyrusServerContainer) new GrizzlyServerContainer().createContainer(Map.of());

    @BeforeEach
    void start() throws Exception {
        EndpointSettings settings =
                new EndpointSettings(1_000, List.of(PlainProtocol.SUBPROTOCOL), Transports.portable());
        RealtimeEndpoint.mount((ServerContainer) tyrus, "/realtime", acceptor, settings);
        tyrus.start("/", 0);
        server.start();
    }

    @AfterEach
    void stop() {
        tyrus.stop();
        server.stop();
        realtime.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoAnswersPingsIsPingedAgainAndWhoDoesNotIsClosed(boolean isOurs) throws Exception {
        try (RawSocket client = RawSocket.upgraded(port(isOurs), "/realtime")) {
            client.text(CONNECT);
            assertThat(client.receive().text()).startsWith("{\"event\":\"connected\"");
            for (int beat = 0; beat < 3; beat++) {
                assertThat(client.nextFrame().first()).isEqualTo(PING);
                client.send(RawSocket.masked(PONG, new byte[0]));
            }
            assertThat(client.nextFrame().first()).isEqualTo(PING);
            RawSocket.Received last = client.nextFrame();
            assertThat(last.first()).isEqualTo(CLOSE);
            assertThat(last.closeCode()).isEqualTo(4408);
        }
    }

    /** The word is given where it can still be written: not while another write is on its way. */
    @Test
    void aFrameAboveTheLimitIsAnsweredBeforeTheClose() throws Exception {
        boolean isTold = false;
        for (int attempt = 0; attempt < 50 && !isTold; attempt++) {
            try (RawSocket client = RawSocket.upgraded(port(true), "/realtime")) {
                client.text(CONNECT);
                assertThat(client.receive().text()).startsWith("{\"event\":\"connected\"");
                client.send(RawSocket.masked(0x81, new byte[1_001]));
                RawSocket.Received answer = client.receive();
                if (answer.first() == TEXT) {
                    assertThat(answer.text())
                            .isEqualTo("{\"error\":{\"code\":\"too_large\",\"message\":\"Frame too large\"}}");
                    isTold = true;
                    answer = client.receive();
                }
                assertThat(answer.closeCode()).isEqualTo(4413);
            }
        }
        assertThat(isTold).isTrue();
    }

    @Test
    void whereHttpCannotSayNoTheProtocolDoes() throws Exception {
        assertRefused(
                "Origin: https://evil.example",
                "{\"error\":{\"code\":\"forbidden_origin\",\"message\":\"Forbidden\"}}",
                4403);
        assertRefused(
                "Sec-WebSocket-Protocol: chat",
                "{\"error\":{\"code\":\"bad_frame\",\"message\":\"Unsupported subprotocol\"}}",
                4400);
    }

    private void assertRefused(String header, String word, int code) throws Exception {
        try (RawSocket client = new RawSocket(port(false))) {
            assertThat(client.upgrade("/realtime", header).status()).isEqualTo(101);
            assertThat(client.receive().text()).isEqualTo(word);
            assertThat(client.receive().closeCode()).isEqualTo(code);
        }
    }

    /** A ping that comes before is answered. */
    private int port(boolean isOurs) {
        return isOurs ? server.addresses().get(0).getPort() : tyrus.getPort();
    }
}
