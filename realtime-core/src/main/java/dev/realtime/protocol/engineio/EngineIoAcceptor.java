package dev.realtime.protocol.engineio;

import dev.realtime.protocol.Heartbeat;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Engine.IO 4 over WebSocket, over HTTP long polling, and from the latter to the former. Every connection becomes a
 * session with an id, an open packet and a heartbeat; the layer above sees that session as its transport.
 *
 * <p>What the layer above writes are Engine.IO packets already, text that begins with {@code 4} or raw binary, and it
 * receives message packets in the same form, whatever carries them. With polling a write completes when a GET of the
 * client takes it. Safe for many threads.
 */
public final class EngineIoAcceptor implements Acceptor {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 15;
    private static final String VERSION = "4";

    private final EngineIoSettings settings;
    private final Timers timers;
    private final Acceptor upper;
    private final Heartbeat.Pace pace;
    private final PollingRequests requests;
    private final String openPacketTail;
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Polling> polls = new ConcurrentHashMap<>();

    /** Engine.IO beneath {@code upper}, with heartbeats by {@code timers}. */
    public EngineIoAcceptor(EngineIoSettings settings, Timers timers, Acceptor upper) {
        this.settings = settings;
        this.timers = timers;
        this.upper = upper;
        this.pace = new Heartbeat.Pace(timers, settings.pingInterval(), settings.pingTimeout());
        this.requests = new PollingRequests(this, upper);
        this.openPacketTail = "],\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    /**
     * Turns away what is not Engine.IO 4 over WebSocket, then asks the layer above, as about any connection, unless it
     * is the first WebSocket of a session that it knows from polling.
     */
    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        Optional<EngineIoError> own = error(handshake);
        if (own.isPresent()) {
            return own.map(EngineIoError::refusal);
        }
        boolean isExpected = handshake
                .parameter("sid")
                .flatMap(this::polling)
                .filter(polling -> polling.upgrade().isUntried())
                .isPresent();
        return isExpected ? Optional.empty() : upper.refuse(handshake);
    }

    /**
     * Begins a session and opens the layer above, or puts the connection on trial for the polling session that it
     * names. A connection that names a session which has a WebSocket already is closed at once: stock clients cannot
     * bear to be refused here.
     */
    @Override
    public Connection open(Handshake handshake, Transport transport) {
        Optional<String> named = handshake.parameter("sid");
        if (named.isPresent()) {
            return openFor(named.get(), transport);
        }
        String sid = newId();
        EngineIoSession session = new EngineIoSession(sid, this, transport);
        sessions.put(sid, session);
        session.open(openPacket(sid, ""), upper, handshake);
        return new WebSocketLink(session);
    }

    private Connection openFor(String sid, Transport webSocket) {
        Optional<Polling> polling = polling(sid);
        if (polling.isPresent()) {
            return polling.get().upgrade().tryOut(webSocket);
        }
        return Optional.ofNullable(sessions.get(sid))
                .map(session -> ClosingConnection.closing(webSocket, session, timers))
                .orElseGet(() -> ClosingConnection.cut(webSocket));
    }

    @Override
    public boolean tryServe(HttpExchange exchange) {
        requests.serve(exchange);
        return true;
    }

    @Override
    public OriginPolicy origins() {
        return upper.origins();
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

    /** Begins a session that is polled; the answer to its first GET. */
    HttpAnswer openPolling(Handshake handshake) {
        String sid = newId();
        Polling polling = new Polling(sid, this);
        sessions.put(sid, polling.session());
        polls.put(sid, polling);
        polling.session().openGuarded(upper, handshake);
        return PollPayload.of(openPacket(sid, "\"websocket\""));
    }

    /** The session of this id that has not ended; what is overdue for it is done first. */
    Optional<EngineIoSession> live(String sid) {
        Optional<EngineIoSession> known = Optional.ofNullable(sessions.get(sid));
        known.ifPresent(EngineIoSession::check);
        return known.filter(session -> sessions.get(sid) == session);
    }

    /** The polling half of a session, also while it waits to say goodbye; empty once the session is on WebSocket. */
    Optional<Polling> polling(String sid) {
        return Optional.ofNullable(polls.get(sid));
    }

    boolean hasOtherVersion(Handshake handshake) {
        return !handshake.parameter("EIO").equals(Optional.of(VERSION));
    }

    /** What a request of another version is told: of a session that has this one, it is only a bad request. */
    EngineIoError versionError(Handshake handshake) {
        boolean isOfSession = handshake.parameter("sid").flatMap(this::live).isPresent();
        return isOfSession ? EngineIoError.BAD_REQUEST : EngineIoError.UNSUPPORTED_VERSION;
    }

    void forget(EngineIoSession session) {
        sessions.remove(session.sid());
    }

    void forget(Polling polling) {
        polls.remove(polling.session().sid());
    }

    private Optional<EngineIoError> error(Handshake handshake) {
        if (hasOtherVersion(handshake)) {
            return Optional.of(versionError(handshake));
        }
        if (!handshake.parameter("transport").equals(Optional.of("websocket"))) {
            return Optional.of(EngineIoError.UNKNOWN_TRANSPORT);
        }
        Optional<String> sid = handshake.parameter("sid");
        if (sid.isPresent() && !upper.origins().allows(handshake)) {
            return Optional.of(EngineIoError.FORBIDDEN);
        }
        return sid.filter(named -> live(named).isEmpty()).map(unknown -> EngineIoError.UNKNOWN_SESSION);
    }

    private Frame openPacket(String sid, String upgrades) {
        return Frame.text("0{\"sid\":\"" + sid + "\",\"upgrades\":[" + upgrades + openPacketTail);
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
