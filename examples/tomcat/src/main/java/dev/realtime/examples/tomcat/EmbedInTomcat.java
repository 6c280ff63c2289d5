package dev.realtime.examples.tomcat;

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
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.apache.tomcat.websocket.server.WsServerContainer;

/**
 * A chat server in an embedded Tomcat: Socket.IO over WebSocket and long polling at {@code /socket.io/}, the plain
 * protocol at {@code /realtime}. A web application does the same in a {@code ServletContextListener}.
 */
public final class EmbedInTomcat implements AutoCloseable {
    private final Realtime realtime;
    private final Tomcat tomcat = new Tomcat();

    /** A server for {@code realtime} on {@code port}; 0 for any free port. */
    public EmbedInTomcat(Realtime realtime, int port) throws Exception {
        this.realtime = realtime;
        Path folder = Files.createTempDirectory("realtime-tomcat");
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((types, servlets) -> mount(servlets), null);
        tomcat.getConnector();
        tomcat.start();
    }

    private void mount(ServletContext servlets) throws ServletException {
        Acceptor socketIo = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));
        mount(servlets, "/socket.io/", socketIo, EndpointSettings.defaults());
        Acceptor plain = realtime.accept(new PlainProtocol(PlainSettings.defaults()));
        mount(servlets, "/realtime", plain, EndpointSettings.defaults(PlainProtocol.SUBPROTOCOL));
    }

    /** The WebSocket endpoint, and the servlet beside it for whatever is no upgrade. */
    private static void mount(ServletContext servlets, String path, Acceptor acceptor, EndpointSettings settings)
            throws ServletException {
        WsServerContainer webSockets = (WsServerContainer) servlets.getAttribute(ServerContainer.class.getName());
        // In seconds: how often it looks for peers that do not answer a close.
        webSockets.setProcessPeriod(1);
        try {
            RealtimeEndpoint.mount(webSockets, path, acceptor, settings);
        } catch (DeploymentException refused) {
            throw new ServletException(refused);
        }
        ServletRegistration.Dynamic http = servlets.addServlet(path, new PollingServlet(acceptor));
        http.addMapping(path.endsWith("/") ? path + "*" : path);
        http.setAsyncSupported(true);
    }

    /** The port it listens on. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Lets the clients leave first: they hear when to come back. */
    @Override
    public void close() throws LifecycleException {
        realtime.close();
        RealtimeEndpoint.settle(Duration.ofSeconds(5));
        tomcat.stop();
        tomcat.destroy();
    }

    /** Starts the server on port 8080, for tokens signed with the secret in {@code JWT_SECRET}. */
    public static void main(String[] arguments) throws Exception {
        byte[] secret = System.getenv("JWT_SECRET").getBytes(StandardCharsets.UTF_8);
        JwtSettings tokens = JwtSettings.of(TokenKey.hs256(secret));
        Realtime realtime = Realtime.with(new JwtAuthenticator(tokens, InstantSource.system()))
                .start();
        try (EmbedInTomcat server = new EmbedInTomcat(realtime, 8080)) {
            System.out.println("listening on port " + server.port() + ", Enter stops");
            System.in.read();
        }
    }
}
