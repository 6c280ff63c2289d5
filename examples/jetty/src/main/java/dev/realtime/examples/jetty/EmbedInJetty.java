package dev.realtime.examples.jetty;

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
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * A chat server in an embedded Jetty: Socket.IO over WebSocket and long polling at {@code /socket.io/}, the plain
 * protocol at {@code /realtime}.
 */
public final class EmbedInJetty implements AutoCloseable {
    private final Realtime realtime;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    /** A server for {@code realtime} on {@code port}; 0 for any free port. */
    public EmbedInJetty(Realtime realtime, int port) throws Exception {
        this.realtime = realtime;
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(context, this::mount);
        server.setHandler(context);
        server.start();
    }

    private void mount(ServletContext servlets, ServerContainer webSockets) throws DeploymentException {
        Acceptor socketIo = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));
        RealtimeEndpoint.mount(webSockets, "/socket.io/", socketIo, EndpointSettings.defaults());
        Acceptor plain = realtime.accept(new PlainProtocol(PlainSettings.defaults()));
        RealtimeEndpoint.mount(webSockets, "/realtime", plain, EndpointSettings.defaults(PlainProtocol.SUBPROTOCOL));
        ServletRegistration.Dynamic polling = servlets.addServlet("polling", new PollingServlet(socketIo));
        polling.addMapping("/socket.io/*");
        polling.setAsyncSupported(true);
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Lets the clients leave first: they hear when to come back. */
    @Override
    public void close() {
        realtime.close();
        RealtimeEndpoint.settle(Duration.ofSeconds(5));
        LifeCycle.stop(server);
    }

    /** Starts the server on port 8080, for tokens signed with the secret in {@code JWT_SECRET}. */
    public static void main(String[] arguments) throws Exception {
        byte[] secret = System.getenv("JWT_SECRET").getBytes(StandardCharsets.UTF_8);
        JwtSettings tokens = JwtSettings.of(TokenKey.hs256(secret));
        Realtime realtime = Realtime.with(new JwtAuthenticator(tokens, InstantSource.system()))
                .start();
        try (EmbedInJetty server = new EmbedInJetty(realtime, 8080)) {
            System.out.println("listening on port " + server.port() + ", Enter stops");
            System.in.read();
        }
    }
}
