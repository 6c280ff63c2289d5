package dev.realtime.engine;

import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.engine.pace.TokenBucket;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.recovery.InMemoryEventLog;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionListener;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.wire.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions that hear into a list, without a client and without threads of their own but one flusher. */
final class Sessions implements AutoCloseable {
    final ManualTime time = new ManualTime();
    final Hub hub = new Hub();
    private final SocketIoProtocol protocol = new SocketIoProtocol(SocketIoSettings.defaults());
    private final Door door = new Door(protocol, Set.of("/", "/api"));
    private final Flusher flusher = new Flusher("test-flusher").start();
    private final Pipeline pipeline;
    private final Resumption resumption;

    Sessions() {
        Words words = new Words();
        Admission admission = new Admission(SessionSettings.DEFAULTS, time, words);
        resumption = new Resumption(
                RecoverySettings.OFF,
                new InMemoryEventLog(InMemoryEventLog.Bounds.DEFAULTS, time),
                hub,
                time,
                time,
                (who, rooms) -> true);
        pipeline = new Pipeline(new Parts(
                SessionSettings.DEFAULTS,
                hub,
                new Router(words, admission),
                admission,
                words,
                resumption,
                new TestAuthenticator(),
                new SessionListener() {},
                new LocalFanout(),
                Runnable::run,
                time,
                time));
    }

    /** A session that writes to {@code transport} and is not yet in the hub. */
    LiveSession session(String user, String namespace, RecordingTransport transport) {
        Outbox outbox = new Outbox(transport, flusher, 1 << 20);
        LiveConnection connection =
                new LiveConnection(pipeline, door, TestClient.handshake(Map.of()), transport, outbox);
        Channel channel = door.channel(namespace).orElseThrow();
        return new LiveSession(
                new Principal(new UserId(user), "patient"),
                channel,
                connection,
                resumption.beginning(new TokenBucket(new TokenBucket.Rate(0, 0), 0)));
    }

    LiveSession session(String user) {
        return session(user, "/", new RecordingTransport());
    }

    /** A session in the hub that was greeted. */
    LiveSession live(String user, String namespace, RecordingTransport transport) {
        LiveSession session = session(user, namespace, transport);
        hub.add(session, 50);
        session.greet(new Outbound.Event(namespace, "connected", List.of()), 0);
        return session;
    }

    @Override
    public void close() {
        flusher.close();
        pipeline.close();
    }
}
