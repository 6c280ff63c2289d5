package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebServerTest {
    @Test
    void severalAddressesShareAFreePort() throws Exception {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        WebServer server =
                server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new InetSocketAddress(other, 0));
        server.start();
        try {
            List<InetSocketAddress> addresses = server.addresses();
            assertThat(addresses).hasSize(2);
            assertThat(addresses.get(0).getPort()).isEqualTo(addresses.get(1).getPort());
            for (InetSocketAddress address : addresses) {
                try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                    assertThat(socket.isConnected()).isTrue();
                }
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void aPortInUseIsSaidAtTheStart() {
        try (Running running = new Running()) {
            WebServer second = server(running.server.addresses().get(0));
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on");
        }
    }

    @Test
    void afterStopAcceptingOnlyOldConnectionsGoOn() throws Exception {
        try (Running running = new Running();
                RawSocket client = running.connected()) {
            int port = running.port();
            running.server.stopAccepting();
            client.text("still served");
            assertThat(client.nextFrame().text()).isEqualTo("still served");
            assertThatThrownBy(() -> new RawSocket(port)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void stoppingCutsConnectionsAndTellsTheirEnd() throws Exception {
        try (Running running = new Running();
                RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            running.server.stop();
            client.awaitEnd();
            assertThat(line.end()).isNotNull();
        }
    }

    @Test
    void twoMountsOfOnePathAreRefused() {
        Echo echo = new Echo();
        Mount mount = new Mount("/a", echo, List.of());
        assertThatThrownBy(() -> new WebServer(
                        ServerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        List.of(mount, mount),
                        request -> Response.json(200, "{}"),
                        Runnable::run,
                        new HandMovedTimers()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static WebServer server(InetSocketAddress... addresses) {
        return new WebServer(
                ServerSettings.on(addresses),
                List.of(),
                request -> Response.json(200, "{}"),
                Runnable::run,
                new HandMovedTimers());
    }
}
