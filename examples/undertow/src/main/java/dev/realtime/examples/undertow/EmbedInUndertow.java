package dev.realtime.examples.undertow;

import dev.realtime.Realtime;
import dev.realtime.auth.JwtAuthenticator;
import dev.realtime.auth.JwtSettings;
import dev.realtime.auth.TokenKey;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.servlet.PollingServlet;
import dev.realtime.transport.Acceptor;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.ServerWebSocketContainer;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A chat server in an embedded Undertow: Socket.IO over WebSocket and long polling at {@code /socket.io/}, the plain
 * protocol at {@code /realtime}.
 */
public final class EmbedInUndertow implements AutoCloseable {
    private final Realtime realtime;
    private final Undertow undertow;

    /** A server for {@code realtime} on {@code port}; 0 for any free port. */
    public EmbedInUndertow(Realtime realtime, int port) throws ServletException {
        this.realtime = realtime;
        Acceptor socketIo = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));
        Acceptor plain = realtime.accept(new PlainProtocol(PlainSettings.defaults()));
        ServletInfo polling = Servlets.servlet(
                        "polling", PollingServlet.class, new ImmediateInstanceFactory<>(new PollingServlet(socketIo)))
                .addMapping("/socket.io/*")
                .setAsyncSupported(true);
        DeploymentInfo application = Servlets.deployment()
                .setDeploymentName("realtime")
                .setContextPath("/")
                .setClassLoader(EmbedInUndertow.class.getClassLoader())
                .addServlet(polling)
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().addListener(sockets -> mount(sockets, socketIo, plain)));
        DeploymentManager deployment = Servlets.newContainer().addDeployment(application);
        deployment.deploy();
        undertow = Undertow.builder()
                .addHttpListener(port, "0.0.0.0", deployment.start())
                .build();
        undertow.start();
    }

    private static void mount(ServerWebSocketContainer webSockets, Acceptor socketIo, Acceptor plain) {
        try {
            RealtimeEndpoint.mount(webSockets, "/socket.io/", socketIo, EndpointSettings.defaults());
            RealtimeEndpoint.mount(
                    webSockets, "/realtime", plain, EndpointSettings.defaults(PlainProtocol.SUBPROTOCOL));
        } catch (DeploymentException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Lets the clients leave first: they hear when to come back. */
    @Override
    public void close() {
        realtime.close();
        RealtimeEndpoint.settle(Duration.ofSeconds(5));
        undertow.stop();
    }

    /** Starts the server on port 8080, for tokens signed with the secret in {@code JWT_SECRET}. */
    public static void main(String[] arguments) throws Exception {
        byte[] secret = System.getenv("JWT_SECRET").getBytes(StandardCharsets.UTF_8);
        JwtSettings tokens = JwtSettings.of(TokenKey.hs256(secret));
        Realtime realtime = Realtime.with(new JwtAuthenticator(tokens, InstantSource.system()))
                .start();
        try (EmbedInUndertow server = new EmbedInUndertow(realtime, 8080)) {
            System.out.println("listening on port " + server.port() + ", Enter stops");
            System.in.read();
        }
    }
}
