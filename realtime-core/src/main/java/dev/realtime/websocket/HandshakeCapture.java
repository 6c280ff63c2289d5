package dev.realtime.websocket;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.QueryString;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;

/**
 * Makes an endpoint per connection and carries the HTTP request over to it. It lets every handshake pass: containers
 * differ in what a refusal here does, and one of them opens the session all the same.
 */
final class HandshakeCapture extends ServerEndpointConfig.Configurator {
    private static final String KEY = "dev.realtime.handshake";

    private final Acceptor acceptor;
    private final EndpointSettings settings;

    HandshakeCapture(Acceptor acceptor, EndpointSettings settings) {
        this.acceptor = acceptor;
        this.settings = settings;
    }

    /** The request that opened {@code session}; it is forgotten here, so that an idle session does not keep it. */
    static Optional<Handshake> take(Session session) {
        Object kept = session.getUserProperties().remove(KEY);
        return kept instanceof Handshake handshake ? Optional.of(handshake) : Optional.empty();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new RealtimeEndpoint(acceptor, settings));
    }

    /** The acceptor decides on origins, with the rest of the handshake. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return true;
    }

    /** No extension: inflated messages have no bound on some containers. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        String query = request.getQueryString();
        Handshake handshake = new Handshake(
                request.getRequestURI().getPath(),
                QueryString.parse(query == null ? "" : query),
                request.getHeaders(),
                Optional.empty());
        config.getUserProperties().put(KEY, handshake);
    }
}
