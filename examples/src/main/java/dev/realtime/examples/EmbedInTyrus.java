package dev.realtime.examples;

import dev.realtime.Realtime;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import dev.realtime.websocket.Transports;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;

/**
 * A chat server in one class: the library in a plain Tyrus, with an authenticator of its own. Any stock Socket.IO
 * client connects to it with {@code auth: {token: "ana"}} and {@code transports: ["websocket"]}.
 */
public final class EmbedInTyrus implements AutoCloseable {
    private static final int MAX_MESSAGE = 1_000_000;

    private final Realtime realtime;
    private final TyrusServerContainer container;

    /** A server on {@code port} of all interfaces, which is where a plain Tyrus listens; 0 for any free port. */
    public EmbedInTyrus(int port) throws DeploymentException, IOException {
        realtime = Realtime.with(credentials -> named(credentials.connect().flatMap(data -> data.get("token"))))
                .roomPolicy((who, room) -> true)
                .start();
        container = (TyrusServerContainer) new GrizzlyServerContainer().createContainer(Map.of());
        RealtimeEndpoint.mount(
                (ServerContainer) container,
                "/socket.io/",
                realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults())),
                new EndpointSettings(MAX_MESSAGE, List.of(), Transports.portable()));
        container.start("/", port);
    }

    /** The port it listens on. */
    public int port() {
        return container.getPort();
    }

    @Override
    public void close() {
        realtime.close();
        container.stop();
    }

    /** Starts the server; the first argument is the port, 8025 without one. */
    public static void main(String[] arguments) throws Exception {
        try (EmbedInTyrus server = new EmbedInTyrus(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8025)) {
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
