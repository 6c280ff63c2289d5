package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Authenticator;
import dev.realtime.call.CallRights;
import dev.realtime.call.CallSignaler;
import dev.realtime.call.CallStores;
import dev.realtime.call.IceServers;
import dev.realtime.engine.Admission;
import dev.realtime.engine.Dispatcher;
import dev.realtime.engine.Hub;
import dev.realtime.engine.Parts;
import dev.realtime.engine.Pipeline;
import dev.realtime.engine.Renewal;
import dev.realtime.engine.Resumption;
import dev.realtime.engine.Router;
import dev.realtime.engine.work.SystemTimers;
import dev.realtime.engine.work.Workers;
import dev.realtime.fanout.Fanout;
import dev.realtime.messaging.MessageRights;
import dev.realtime.messaging.Messenger;
import dev.realtime.notification.InMemoryNotificationStore;
import dev.realtime.notification.NotificationHub;
import dev.realtime.presence.Clockwork;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.protocol.Protocol;
import dev.realtime.reaction.CallSetsInCall;
import dev.realtime.reaction.LeavingEndsCall;
import dev.realtime.reaction.MissedCallNotifies;
import dev.realtime.recovery.EventLog;
import dev.realtime.recovery.InMemoryEventLog;
import dev.realtime.recovery.NumberingFanout;
import dev.realtime.room.RoomAccess;
import dev.realtime.room.RoomManager;
import dev.realtime.room.RoomStores;
import dev.realtime.session.SessionRegistry;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.typing.TypingTracker;
import dev.realtime.visit.VisitDirectory;
import dev.realtime.wire.AuthEvents;
import dev.realtime.wire.CallAnnouncements;
import dev.realtime.wire.CallEvents;
import dev.realtime.wire.MessageEvents;
import dev.realtime.wire.NotificationEvents;
import dev.realtime.wire.PresenceEvents;
import dev.realtime.wire.PresenceSessions;
import dev.realtime.wire.RingingAtConnect;
import dev.realtime.wire.RoomEvents;
import dev.realtime.wire.SessionEnds;
import dev.realtime.wire.TypingEvents;
import dev.realtime.wire.TypingRight;
import dev.realtime.wire.Watching;
import dev.realtime.wire.Words;
import java.time.InstantSource;
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
    private final RealtimeSettings settings;
    private final Workers workers;
    private final SystemTimers ownTimers = new SystemTimers();
    private final Timers timers;
    private final Hub hub = new Hub();
    private final Fanout fanout;
    private final RoomManager rooms;
    private final Messenger messages;
    private final TypingTracker typing;
    private final NotificationHub notifications;
    private final PresenceTracker presence;
    private final CallSignaler calls;
    private final Pipeline pipeline;

    Realtime(RealtimeBuilder choices) {
        settings = choices.settings;
        workers = Workers.start();
        timers = choices.timers.orElse(ownTimers);
        InstantSource time = choices.time;
        EventLog log = choices.eventLog.orElseGet(() -> new InMemoryEventLog(InMemoryEventLog.Bounds.DEFAULTS, time));
        fanout = settings.recovery().isOn() ? new NumberingFanout(choices.fanout, log) : choices.fanout;

        Words words = new Words();
        Admission admission = new Admission(settings.sessions(), timers, words);
        Router router = new Router(words, admission);

        VisitDirectory visits = Hooks.visits(choices.visits);
        RoomStores roomStores = new RoomStores(choices.members, choices.bindings);
        RoomAccess access =
                new RoomAccess(visits, choices.bindings, Hooks.rooms(choices.roomPolicy), this::isSessionId);

        MessageRights rights = new MessageRights(access::allows, Hooks.messages(choices.messagePolicy), visits);
        MessageEvents messageEvents = new MessageEvents(fanout);
        messages = new Messenger(
                choices.messages, rights, Listeners.of(messageEvents), time, workers, settings.messaging());
        messageEvents.route(router, messages);

        RoomEvents roomEvents = new RoomEvents(hub, fanout, time);
        rooms = new RoomManager(
                access, roomStores, visits, messages::hasMessages, Listeners.of(roomEvents), time, settings.rooms());
        roomEvents.route(router, rooms);

        TypingEvents typingEvents = new TypingEvents(fanout, time);
        typing = new TypingTracker(typingEvents, timers, workers, settings.typing());
        typingEvents.route(router, typing, new TypingRight(rights, hub));

        NotificationEvents notificationEvents = new NotificationEvents(fanout);
        notifications = new NotificationHub(
                choices.notifications.orElseGet(() -> new InMemoryNotificationStore(settings.notifications())),
                Listeners.of(notificationEvents),
                time,
                settings.notifications());
        notificationEvents.route(router, notifications);

        PresenceEvents presenceEvents = new PresenceEvents(fanout, time);
        presence = new PresenceTracker(
                choices.nodeId,
                choices.presence,
                Hooks.presence(choices.presencePolicy),
                Listeners.of(presenceEvents, new LeavingEndsCall(this::calls)),
                new Clockwork(time, timers, workers),
                settings.presence(),
                hub.watchers()::count);
        Watching watching = new Watching(
                hub.watchers(), presence, presenceEvents, settings.presence().perSession());
        presenceEvents.route(router, presence, watching);

        CallAnnouncements announcements = new CallAnnouncements(fanout, time);
        calls = new CallSignaler(
                new CallStores(choices.callStore, choices.callRecords),
                new CallRights(Hooks.calls(choices.callPolicy), visits),
                Listeners.of(
                        announcements,
                        new CallSetsInCall(presence, this::isTalking),
                        new MissedCallNotifies(notifications)),
                settings.calls(),
                time,
                timers,
                workers);
        CallEvents.route(router, calls, new IceServers(settings.calls().ice(), time));

        AuthEvents.route(router, new Renewal(choices.authenticator, hub));

        SessionEnds ends = new SessionEnds(rooms, typing, hub, timers, workers, settings.departureGrace());
        pipeline = new Pipeline(new Parts(
                settings.sessions(),
                hub,
                router,
                admission,
                words,
                new Resumption(
                        settings.recovery(),
                        log,
                        hub,
                        timers,
                        time,
                        (who, all) -> all.stream().allMatch(room -> access.allows(who, room))),
                choices.authenticator,
                Listeners.of(
                        ends,
                        new PresenceSessions(presence, watching, hub, timers, workers),
                        new RingingAtConnect(calls, announcements)),
                fanout,
                workers,
                time,
                timers));
        fanout.start(new Dispatcher(hub));
        presence.start();
    }

    /** A node whose clients are authenticated so; everything else has a default that is changed before the start. */
    public static RealtimeBuilder with(Authenticator authenticator) {
        return new RealtimeBuilder(authenticator);
    }

    /** Takes connections that speak {@code protocol}; mount the result on a path of a container. */
    public Acceptor accept(Protocol protocol) {
        return pipeline.acceptor(protocol, settings.namespaces(), settings.origins());
    }

    /** Rooms and who is in them. */
    public RoomManager rooms() {
        return rooms;
    }

    /** Messages and their history. */
    public Messenger messages() {
        return messages;
    }

    /** Who is writing on this node. */
    public TypingTracker typing() {
        return typing;
    }

    /** What users are told, and whether they have read it. */
    public NotificationHub notifications() {
        return notifications;
    }

    /** Who is there, on all nodes. */
    public PresenceTracker presence() {
        return presence;
    }

    /** Calls and their history. */
    public CallSignaler calls() {
        return calls;
    }

    /** The live sessions of this node. */
    public SessionRegistry sessions() {
        return hub;
    }

    /** The threads on which this node runs what may block. */
    public Executor workers() {
        return workers;
    }

    /** The clock of this node's deadlines. */
    public Timers timers() {
        return timers;
    }

    /**
     * Stops in an orderly way: new connections are refused, clients are told when to come back and closed in stages,
     * what they were doing ends. Returns after at most the drain timeout and a few seconds.
     */
    @Override
    public void close() {
        pipeline.drain();
        pipeline.close();
        presence.close();
        workers.close();
        fanout.close();
        ownTimers.close();
    }

    private boolean isTalking(UserId user) {
        return calls.open(user).stream().anyMatch(call -> call.state().isAnswered());
    }

    private boolean isSessionId(RoomId room) {
        return SessionId.isOne(room.value())
                && hub.find(new SessionId(room.value())).isPresent();
    }
}
