package dev.realtime.runner.server;

import dev.realtime.transport.Handshake;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;

/**
 * What Tyrus does here: it negotiates upgrades (RFC 6455 section 4.2.2). No session of it ever follows; what comes
 * after the answer goes between the connection and the protocol, because Tyrus bounds neither what it reads nor what
 * it sends. Extensions are never agreed to. Safe for many threads.
 */
final class Negotiation extends TyrusServerContainer {
    private static final String ROOT = "/";
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final WebSocketEngine engine;

    private Negotiation() {
        super((Set<Class<?>>) null);
        engine = TyrusWebSocketEngine.builder(this).build();
    }

    /** For upgrades at these mounts; {@link IllegalArgumentException} when Tyrus cannot tell their paths apart. */
    static Negotiation at(List<Mount> mounts) {
        Negotiation negotiation = new Negotiation();
        try {
            for (Mount mount : mounts) {
                negotiation.register(ServerEndpointConfig.Builder.create(Unopened.class, mount.path())
                        .subprotocols(mount.subprotocols())
                        .build());
            }
        } catch (DeploymentException refused) {
            throw new IllegalArgumentException("cannot mount " + mounts, refused);
        }
        return negotiation;
    }

    /** The bytes that answer a well-formed upgrade at the mount; empty when Tyrus does not agree to it. */
    Optional<byte[]> answer(Handshake handshake, Mount mount) {
        UpgradeResponse answer = new TyrusUpgradeResponse();
        UpgradeStatus status = engine.upgrade(request(handshake, mount), answer).getStatus();
        return status == UpgradeStatus.SUCCESS ? Optional.of(bytes(answer)) : Optional.empty();
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, ROOT);
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, ROOT);
    }

    @Override
    public Map<String, Object> getProperties() {
        return new HashMap<>();
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    /** What Tyrus needs of the request, and no more. */
    private static UpgradeRequest request(Handshake handshake, Mount mount) {
        RequestContext context = RequestContext.Builder.create()
                .requestURI(URI.create(mount.path()))
                .queryString("")
                .parameterMap(Map.of())
                .tyrusProperties(Map.of())
                .build();
        Map<String, List<String>> headers = context.getHeaders();
        headers.put(UpgradeRequest.UPGRADE, List.of(UpgradeRequest.WEBSOCKET));
        headers.put(UpgradeRequest.CONNECTION, List.of(UpgradeRequest.UPGRADE));
        headers.put(UpgradeRequest.HOST, List.of(""));
        headers.put(VERSION, List.of("13"));
        handshake.header("sec-websocket-key").ifPresent(key -> headers.put(KEY, List.of(key.strip())));
        List<String> offered = UpgradeCheck.tokens(handshake, "sec-websocket-protocol");
        if (!offered.isEmpty()) {
            headers.put(SUBPROTOCOL, offered);
        }
        return context;
    }

    private static byte[] bytes(UpgradeResponse answer) {
        StringBuilder head = new StringBuilder(256).append("HTTP/1.1 101 Switching Protocols\r\n");
        answer.getHeaders()
                .forEach((name, values) -> head.append(name)
                        .append(": ")
                        .append(String.join(", ", values))
                        .append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The endpoint that Tyrus knows at each path; it is never opened. */
    static final class Unopened extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            throw new IllegalStateException("upgrades are only negotiated here");
        }
    }
}
