package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.call.CallRights;
import dev.realtime.call.CallSignaler;
import dev.realtime.call.CallStores;
import dev.realtime.call.IceServers;
import dev.realtime.messaging.MessageRights;
import dev.realtime.messaging.Messenger;
import dev.realtime.notification.InMemoryNotificationStore;
import dev.realtime.notification.NotificationHub;
import dev.realtime.presence.Clockwork;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.reaction.CallSetsInCall;
import dev.realtime.reaction.LeavingEndsCall;
import dev.realtime.reaction.MissedCallNotifies;
import dev.realtime.room.RoomAccess;
import dev.realtime.room.RoomManager;
import dev.realtime.room.RoomStores;
import dev.realtime.session.SessionListener;
import dev.realtime.typing.TypingTracker;
import dev.realtime.visit.VisitDirectory;
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
import java.util.Set;

/** The domains of one node, each with its events on the wire, and the rules between them. */
final class Domains {
    private final RealtimeBuilder choices;
    private final Ground on;
    private final VisitDirectory visits;
    private final RoomAccess access;
    private final MessageRights messageRights;
    private final Messenger messages;
    private final RoomManager rooms;
    private final TypingTracker typing;
    private final NotificationHub notifications;
    private final PresenceEvents presenceEvents;
    private final PresenceTracker presence;
    private final Watching watching;
    private final CallAnnouncements callAnnouncements;
    private final CallSignaler calls;

    Domains(RealtimeBuilder choices, Ground ground) {
        this.choices = choices;
        on = ground;
        visits = Hooks.visits(choices.visits);
        access = new RoomAccess(visits, choices.bindings, Hooks.rooms(choices.roomPolicy), this::isSessionId);
        messageRights = new MessageRights(access::allows, Hooks.messages(choices.messagePolicy), visits);
        messages = newMessenger();
        rooms = newRoomManager();
        typing = newTypingTracker();
        notifications = newNotificationHub();
        presenceEvents = new PresenceEvents(on.fanout, on.time);
        presence = newPresenceTracker();
        watching = new Watching(
                on.hub.watchers(),
                presence,
                presenceEvents,
                on.settings.presence().perSession());
        presenceEvents.route(on.router, presence, watching);
        callAnnouncements = new CallAnnouncements(on.fanout, on.time);
        calls = newCallSignaler();
    }

    RoomManager rooms() {
        return rooms;
    }

    Messenger messages() {
        return messages;
    }

    TypingTracker typing() {
        return typing;
    }

    NotificationHub notifications() {
        return notifications;
    }

    PresenceTracker presence() {
        return presence;
    }

    CallSignaler calls() {
        return calls;
    }

    /** Whether a user who comes back may still use all of the rooms. */
    boolean mayUse(Principal who, Set<RoomId> all) {
        return all.stream().allMatch(room -> access.allows(who, room));
    }

    /** Hears of sessions for all of them. */
    SessionListener sessions() {
        return Listeners.of(
                new SessionEnds(rooms, typing, on.hub, on.timers, on.workers, on.settings.departureGrace()),
                new PresenceSessions(presence, watching, on.hub, on.timers, on.workers),
                new RingingAtConnect(calls, callAnnouncements));
    }

    private Messenger newMessenger() {
        MessageEvents events = new MessageEvents(on.fanout);
        Messenger messenger = new Messenger(
                choices.messages, messageRights, Listeners.of(events), on.time, on.workers, on.settings.messaging());
        events.route(on.router, messenger);
        return messenger;
    }

    private RoomManager newRoomManager() {
        RoomEvents events = new RoomEvents(on.hub, on.fanout, on.time);
        RoomManager manager = new RoomManager(
                access,
                new RoomStores(choices.members, choices.bindings),
                visits,
                messages::hasMessages,
                Listeners.of(events),
                on.time,
                on.settings.rooms());
        events.route(on.router, manager);
        return manager;
    }

    private TypingTracker newTypingTracker() {
        TypingEvents events = new TypingEvents(on.fanout, on.time);
        TypingTracker tracker = new TypingTracker(events, on.timers, on.workers, on.settings.typing());
        events.route(on.router, tracker, new TypingRight(messageRights, on.hub));
        return tracker;
    }

    private NotificationHub newNotificationHub() {
        NotificationEvents events = new NotificationEvents(on.fanout);
        NotificationHub inboxes = new NotificationHub(
                choices.notifications.orElseGet(() -> new InMemoryNotificationStore(on.settings.notifications())),
                Listeners.of(events),
                on.time,
                on.settings.notifications());
        events.route(on.router, inboxes);
        return inboxes;
    }

    private PresenceTracker newPresenceTracker() {
        return new PresenceTracker(
                choices.nodeId,
                choices.presence,
                Hooks.presence(choices.presencePolicy),
                Listeners.of(presenceEvents, new LeavingEndsCall(this::calls)),
                new Clockwork(on.time, on.timers, on.workers),
                on.settings.presence(),
                on.hub.watchers()::count);
    }

    private CallSignaler newCallSignaler() {
        CallSignaler signaler = new CallSignaler(
                new CallStores(choices.callStore, choices.callRecords),
                new CallRights(Hooks.calls(choices.callPolicy), visits),
                Listeners.of(
                        callAnnouncements,
                        new CallSetsInCall(presence, this::isTalking),
                        new MissedCallNotifies(notifications)),
                this::isThere,
                on.settings.calls(),
                on.time,
                on.timers,
                on.workers);
        CallEvents.route(on.router, signaler, new IceServers(on.settings.calls().ice(), on.time));
        return signaler;
    }

    private boolean isTalking(UserId user) {
        return calls.open(user).stream().anyMatch(call -> call.state().isAnswered());
    }

    /** Presence hears of a session soon after its client does, so those of this node count at once. */
    private boolean isThere(UserId user) {
        return !on.hub.of(user).isEmpty() || presence.isConnected(user);
    }

    private boolean isSessionId(RoomId room) {
        return SessionId.isOne(room.value())
                && on.hub.find(new SessionId(room.value())).isPresent();
    }
}
