package dev.realtime.protocol.engineio;

import dev.realtime.protocol.Heartbeat;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Engine.IO 4 over WebSocket. Every connection becomes a session with an id, an open packet and a heartbeat; the
 * layer above sees that session as its transport.
 *
 * <p>Frames pass untouched in both directions: what the layer above writes are Engine.IO packets already, text that
 * begins with {@code 4} or raw binary, and it receives message packets in the same form. Safe for many threads.
 */
public final class EngineIoAcceptor implements Acceptor {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 15;

    private final EngineIoSettings settings;
    private final Timers timers;
    private final Acceptor upper;
    private final Heartbeat.Pace pace;
    private final String openPacketTail;
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();

    /** Engine.IO beneath {@code upper}, with heartbeats by {@code timers}. */
    public EngineIoAcceptor(EngineIoSettings settings, Timers timers, Acceptor upper) {
        this.settings = settings;
        this.timers = timers;
        this.upper = upper;
        this.pace = new Heartbeat.Pace(timers, settings.pingInterval(), settings.pingTimeout());
        this.openPacketTail =
                "\",\"upgrades\":[],\"pingInterval\":" + settings.pingInterval().toMillis()
                        + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                        + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    /** Turns away what is not Engine.IO 4 over WebSocket, then asks the layer above. */
    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        Optional<Refusal> own = error(handshake).map(EngineIoError::refusal);
        return own.isPresent() ? own : upper.refuse(handshake);
    }

    /**
     * Begins a session and opens the layer above. A request that names a session gets a connection that is closed at
     * once: there is nothing to upgrade from, and stock clients cannot bear to be refused here.
     */
    @Override
    public Connection open(Handshake handshake, Transport transport) {
        if (handshake.parameter("sid").isPresent()) {
            return ClosingConnection.closing(transport, CloseReason.NORMAL, timers);
        }
        String sid = newId();
        EngineIoSession session = new EngineIoSession(sid, this, transport);
        sessions.put(sid, session);
        session.open(Frame.text("0{\"sid\":\"" + sid + openPacketTail), upper, handshake);
        return new WebSocketLink(session);
    }

    EngineIoSettings settings() {
        return settings;
    }

    Heartbeat.Pace pace() {
        return pace;
    }

    Timers timers() {
        return timers;
    }

    void forget(EngineIoSession session) {
        sessions.remove(session.sid());
    }

    private Optional<EngineIoError> error(Handshake handshake) {
        if (!handshake.parameter("EIO").equals(Optional.of("4"))) {
            return Optional.of(EngineIoError.UNSUPPORTED_VERSION);
        }
        if (!handshake.parameter("transport").equals(Optional.of("websocket"))) {
            return Optional.of(EngineIoError.UNKNOWN_TRANSPORT);
        }
        return handshake
                .parameter("sid")
                .filter(sid -> !sessions.containsKey(sid))
                .map(unknown -> EngineIoError.UNKNOWN_SESSION);
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
