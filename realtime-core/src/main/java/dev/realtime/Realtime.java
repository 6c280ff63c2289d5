package dev.realtime;

import dev.realtime.auth.Authenticator;
import dev.realtime.call.CallSignaler;
import dev.realtime.engine.Dispatcher;
import dev.realtime.engine.Parts;
import dev.realtime.engine.Pipeline;
import dev.realtime.engine.Renewal;
import dev.realtime.engine.Resumption;
import dev.realtime.messaging.Messenger;
import dev.realtime.notification.NotificationHub;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.protocol.Protocol;
import dev.realtime.room.RoomManager;
import dev.realtime.session.SessionRegistry;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.typing.TypingTracker;
import dev.realtime.wire.AuthEvents;
import java.util.concurrent.Executor;

/**
 * One node: its services for the host application, and the door for the protocols its clients speak.
 *
 * <pre>{@code
 * Realtime realtime = Realtime.with(new JwtAuthenticator(JwtSettings.hs256(secret)))
 *         .visits(directory)
 *         .start();
 * RealtimeEndpoint.mount(serverContainer, "/socket.io/", realtime.accept(new SocketIoProtocol()));
 * }</pre>
 *
 * <p>Any thread may call. A node starts once, and {@link #close} is its end.
 */
public final class Realtime implements AutoCloseable {
    private final Ground ground;
    private final Domains domains;
    private final Pipeline pipeline;

    Realtime(RealtimeBuilder choices) {
        ground = new Ground(choices);
        domains = new Domains(choices, ground);
        AuthEvents.route(ground.router, new Renewal(choices.authenticator, ground.hub));
        Resumption resumption = new Resumption(
                ground.settings.recovery(), ground.log, ground.hub, ground.timers, ground.time, domains::mayUse);
        pipeline = new Pipeline(new Parts(
                ground.settings.sessions(),
                ground.hub,
                ground.router,
                ground.admission,
                ground.words,
                resumption,
                choices.authenticator,
                domains.sessions(),
                ground.fanout,
                ground.workers,
                ground.time,
                ground.timers));
        ground.fanout.start(new Dispatcher(ground.hub));
        domains.presence().start();
    }

    /** A node whose clients are authenticated so; everything else has a default that is changed before the start. */
    public static RealtimeBuilder with(Authenticator authenticator) {
        return new RealtimeBuilder(authenticator);
    }

    /** Takes connections that speak {@code protocol}; mount the result on a path of a container. */
    public Acceptor accept(Protocol protocol) {
        return pipeline.acceptor(protocol, ground.settings.namespaces(), ground.settings.origins());
    }

    /** Rooms and who is in them. */
    public RoomManager rooms() {
        return domains.rooms();
    }

    /** Messages and their history. */
    public Messenger messages() {
        return domains.messages();
    }

    /** Who is writing on this node. */
    public TypingTracker typing() {
        return domains.typing();
    }

    /** What users are told, and whether they have read it. */
    public NotificationHub notifications() {
        return domains.notifications();
    }

    /** Who is there, on all nodes. */
    public PresenceTracker presence() {
        return domains.presence();
    }

    /** Calls and their history. */
    public CallSignaler calls() {
        return domains.calls();
    }

    /** The live sessions of this node. */
    public SessionRegistry sessions() {
        return ground.hub;
    }

    /** The threads on which this node runs what may block. */
    public Executor workers() {
        return ground.workers;
    }

    /** The clock of this node's deadlines. */
    public Timers timers() {
        return ground.timers;
    }

    /**
     * Stops in an orderly way: new connections are refused, clients are told when to come back and closed in stages,
     * what they were doing ends. Returns after at most the drain timeout and a few seconds.
     */
    @Override
    public void close() {
        pipeline.drain();
        pipeline.close();
        domains.presence().close();
        ground.close();
    }
}
