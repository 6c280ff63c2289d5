package dev.realtime.runner.server;

import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus without a server of its own: it negotiates upgrades and keeps sessions. Its idle timeout is off, because it
 * costs a timer per message and has closed fresh sessions; the number of sessions is bounded by the node.
 */
final class Sessions extends TyrusServerContainer {
    private static final String ROOT = "/";

    private final WebSocketEngine engine;

    private Sessions() {
        super((Set<Class<?>>) null);
        engine = TyrusWebSocketEngine.builder(this).build();
        setDefaultMaxSessionIdleTimeout(-1);
    }

    static Sessions of(List<Mount> mounts, int maxMessageBytes) throws DeploymentException, IOException {
        Sessions sessions = new Sessions();
        for (Mount mount : mounts) {
            EndpointSettings settings =
                    new EndpointSettings(maxMessageBytes, mount.subprotocols(), Upgrade::transportOf);
            RealtimeEndpoint.mount(sessions, mount.path(), new Upgrade.Admitted(mount.acceptor()), settings);
        }
        sessions.start(ROOT, 0);
        return sessions;
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
}
