package dev.realtime;

import static org.awaitility.Awaitility.await;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Authenticator;
import dev.realtime.json.Payload;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.visit.InMemoryVisitDirectory;
import dev.realtime.visit.Visit;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.awaitility.core.ConditionTimeoutException;

/** A whole node on moved time, without rate limits unless a test wants them, and the clients that talk to it. */
final class TestNode implements AutoCloseable {
    static final SessionSettings.Rates UNLIMITED = new SessionSettings.Rates(0, 0, 0, 0, 0, 0, 0);

    final ManualTime time = new ManualTime();
    final InMemoryVisitDirectory visits = new InMemoryVisitDirectory();
    final Realtime realtime;
    private final boolean isRecovering;
    final Acceptor acceptor;
    private final Queue<TestClient> clients = new ConcurrentLinkedQueue<>();

    TestNode() {
        this(UnaryOperator.identity());
    }

    TestNode(UnaryOperator<RealtimeBuilder> choices) {
        this(new TestAuthenticator(), choices);
    }

    TestNode(Authenticator authenticator, UnaryOperator<RealtimeBuilder> choices) {
        this(authenticator, choices, EngineIoSettings.defaults());
    }

    /**
     * A node that waits an hour for each pong. When time jumps, a ping that finds another write under way may leave
     * only after the moment by which it should have been answered.
     */
    static TestNode patient() {
        EngineIoSettings usual = EngineIoSettings.defaults();
        return new TestNode(
                new TestAuthenticator(),
                UnaryOperator.identity(),
                new EngineIoSettings(
                        usual.pingInterval(), Duration.ofHours(1), usual.upgradeTimeout(), usual.maxPayload()));
    }

    private TestNode(Authenticator authenticator, UnaryOperator<RealtimeBuilder> choices, EngineIoSettings engineIo) {
        RealtimeBuilder chosen = choices.apply(Realtime.with(authenticator)
                .settings(settings(UNLIMITED))
                .visits(visits)
                .clocks(time, time));
        isRecovering = chosen.settings.recovery().isOn();
        realtime = chosen.start();
        acceptor = realtime.accept(new SocketIoProtocol(new SocketIoSettings(engineIo)));
    }

    static SessionSettings sessions(SessionSettings.Rates rates) {
        SessionSettings defaults = SessionSettings.DEFAULTS;
        return new SessionSettings(
                        defaults.connectTimeout(),
                        defaults.queueBytes(),
                        defaults.maxConnections(),
                        defaults.maxSessionsPerUser(),
                        defaults.maxWaitingEvents(),
                        defaults.maxWaitingOnNode(),
                        defaults.drainTimeout(),
                        rates)
                .with(SessionSettings.Liveness.OFF);
    }

    static RealtimeSettings settings(SessionSettings.Rates rates) {
        return settings(sessions(rates));
    }

    static RealtimeSettings settings(SessionSettings sessions) {
        return settings(sessions, RecoverySettings.OFF);
    }

    static RealtimeSettings settings(SessionSettings sessions, RecoverySettings recovery) {
        return RealtimeSettings.DEFAULTS.with(sessions).with(recovery);
    }

    /** A connection without a session. */
    TestClient open() {
        TestClient client = TestClient.open(acceptor);
        clients.add(client);
        return client;
    }

    /** A connected client; the token is {@code user/role}. */
    TestClient client(String token) {
        TestClient client = open();
        client.welcome(token);
        return client;
    }

    /** A connected client in a room. */
    TestClient clientIn(String room, String token) {
        TestClient client = client(token);
        assertSuccess(join(client, room));
        return client;
    }

    /** Breaks the client's connection and waits until its sessions are known to be gone and may come back. */
    void lose(TestClient client) {
        int living = realtime.sessions().count();
        int alarms = time.waiting();
        client.lose();
        // Its heartbeat has gone; the alarm of its departure comes, and where it may come back that of its end.
        soon(() -> realtime.sessions().count() < living && time.waiting() >= alarms + (isRecovering ? 1 : 0));
    }

    /** Waits until something holds that other threads are about to do. */
    static void soon(Callable<Boolean> holds) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(holds);
    }

    /**
     * Moves time step by step until something holds. After each step other threads get real time for what it woke, so
     * that no pong counts as late, and no window as over, for their slowness.
     */
    static void soonAsTimePasses(ManualTime time, Duration step, Callable<Boolean> holds) {
        for (int steps = 0; steps < 50; steps++) {
            time.advance(step);
            if (holdsSoon(holds)) {
                return;
            }
        }
        throw new AssertionError("it does not hold after 50 steps of " + step);
    }

    private static boolean holdsSoon(Callable<Boolean> holds) {
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofMillis(200))
                    .until(holds);
            return true;
        } catch (ConditionTimeoutException notYet) {
            return false;
        }
    }

    void visit(String id, String patient, String provider) {
        visits.put(new Visit(new VisitId(id), new UserId(patient), new UserId(provider), time.instant()));
    }

    static Payload join(TestClient client, String room) {
        return client.ask("room:join", "{\"roomId\":\"" + room + "\",\"roomType\":\"chat\"}");
    }

    static void assertSuccess(Payload ack) {
        if (!ack.get("success").map(Payload::asBoolean).orElse(false)) {
            throw new AssertionError("no success: " + ack);
        }
    }

    /** JSON with single quotes for double ones; each {@code %s} stands for the next value. */
    static Payload json(String form, Object... values) {
        String text = form.replace('\'', '"');
        for (Object value : values) {
            text = text.replaceFirst("%s", Matcher.quoteReplacement(String.valueOf(value)));
        }
        return Payload.parse(text);
    }

    static String text(Payload object, String field) {
        return object.get(field).map(Payload::asText).orElseThrow(() -> new AssertionError("no " + field));
    }

    static String sid(TestClient client) {
        return text(client.events("connected").get(0), "socketId");
    }

    /** Clients go first: a node that drains waits for them in real time. */
    @Override
    public void close() {
        clients.forEach(TestClient::lose);
        realtime.close();
    }
}
