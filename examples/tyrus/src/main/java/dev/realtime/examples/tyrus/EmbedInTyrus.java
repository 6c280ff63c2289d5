package dev.realtime.examples.tyrus;

import dev.realtime.Realtime;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;

/**
 * A chat server in one class: the library in a plain Tyrus, with an authenticator of its own. Any stock Socket.IO
 * client connects to it with {@code auth: {token: "ana"}} and {@code transports: ["websocket"]}.
 */
public final class EmbedInTyrus implements AutoCloseable {
    private final Realtime realtime;
    private final TyrusServerContainer container =
            (TyrusServerContainer) new GrizzlyServerContainer().createContainer(Map.of());

    /** A server on {@code port} of all interfaces, which is where a plain Tyrus listens; 0 for any free port. */
    public EmbedInTyrus(Realtime realtime, int port) throws DeploymentException, IOException {
        this.realtime = realtime;
        RealtimeEndpoint.mount(
                (ServerContainer) container,
                "/socket.io/",
                realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults())),
                EndpointSettings.defaults());
        RealtimeEndpoint.mount(
                (ServerContainer) container,
                "/realtime",
                realtime.accept(new PlainProtocol(PlainSettings.defaults())),
                EndpointSettings.defaults(PlainProtocol.SUBPROTOCOL));
        container.start("/", port);
    }

    /** The port it listens on. */
    public int port() {
        return container.getPort();
    }

    /** Lets the clients leave first: they hear when to come back. */
    @Override
    public void close() {
        realtime.close();
        RealtimeEndpoint.settle(Duration.ofSeconds(5));
        container.stop();
    }

    /** Starts the server; the first argument is the port, 8025 without one. */
    public static void main(String[] arguments) throws Exception {
        Realtime realtime = Realtime.with(
                        credentials -> named(credentials.connect().flatMap(data -> data.get("token"))))
                .roomPolicy((who, room) -> true)
                .start();
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8025;
        try (EmbedInTyrus server = new EmbedInTyrus(realtime, port)) {
            System.out.println("listening on port " + server.port() + ", Enter stops");
            System.in.read();
        }
    }

    /** Everybody is who he says he is: fit for a trial and for nothing else. */
    private static Principal named(Optional<Payload> token) {
        return token.filter(name -> name.is(Payload.Kind.TEXT))
                .map(name -> new Principal(new UserId(name.asText()), "guest"))
                .orElseThrow(() -> new AuthenticationException(Reason.NO_TOKEN, "no name given"));
    }
}
