package dev.realtime;

import dev.realtime.auth.Authenticator;
import dev.realtime.call.CallPolicy;
import dev.realtime.call.CallRecords;
import dev.realtime.call.CallStore;
import dev.realtime.call.memory.InMemoryCallRecords;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.fanout.Fanout;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.messaging.MessagePolicy;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import dev.realtime.notification.NotificationStore;
import dev.realtime.presence.InMemoryPresenceStore;
import dev.realtime.presence.PresencePolicy;
import dev.realtime.presence.PresenceStore;
import dev.realtime.recovery.EventLog;
import dev.realtime.room.InMemoryMembershipStore;
import dev.realtime.room.InMemoryRoomBindings;
import dev.realtime.room.MembershipStore;
import dev.realtime.room.RoomBindings;
import dev.realtime.room.RoomPolicy;
import dev.realtime.time.Timers;
import dev.realtime.visit.InMemoryVisitDirectory;
import dev.realtime.visit.VisitDirectory;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Collects what a node is made of. Each part has a default that needs nothing but the JVM: stores in memory, rooms of
 * no kind closed, anyone may write to anyone, ring anyone and see who is there. For one thread.
 */
public final class RealtimeBuilder {
    final Authenticator authenticator;
    RealtimeSettings settings = RealtimeSettings.DEFAULTS;
    MessageStore messages = new InMemoryMessageStore();
    Optional<NotificationStore> notifications = Optional.empty();
    MembershipStore members = new InMemoryMembershipStore();
    RoomBindings bindings = new InMemoryRoomBindings();
    VisitDirectory visits = new InMemoryVisitDirectory();
    CallStore callStore = new InMemoryCallStore();
    CallRecords callRecords = new InMemoryCallRecords();
    RoomPolicy roomPolicy = (who, room) -> false;
    MessagePolicy messagePolicy = (sender, recipient) -> true;
    PresenceStore presence = new InMemoryPresenceStore();
    PresencePolicy presencePolicy = (who, other) -> true;
    String nodeId = "node-" + UUID.randomUUID();
    CallPolicy callPolicy = (caller, callee) -> true;
    Fanout fanout = new LocalFanout();
    Optional<EventLog> eventLog = Optional.empty();
    InstantSource time = InstantSource.system();
    Optional<Timers> timers = Optional.empty();

    RealtimeBuilder(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Bounds, rates and timeouts. */
    public RealtimeBuilder settings(RealtimeSettings chosen) {
        settings = chosen;
        return this;
    }

    /** Where messages are kept. */
    public RealtimeBuilder messages(MessageStore store) {
        messages = store;
        return this;
    }

    /** Where notifications are kept. */
    public RealtimeBuilder notifications(NotificationStore store) {
        notifications = Optional.of(store);
        return this;
    }

    /** Where it is known who is in which room. */
    public RealtimeBuilder members(MembershipStore store) {
        members = store;
        return this;
    }

    /** Where it is known which room belongs to which visit. */
    public RealtimeBuilder bindings(RoomBindings store) {
        bindings = store;
        return this;
    }

    /** Who takes part in a visit. */
    public RealtimeBuilder visits(VisitDirectory directory) {
        visits = directory;
        return this;
    }

    /** Who may enter rooms whose id does not say it. */
    public RealtimeBuilder roomPolicy(RoomPolicy policy) {
        roomPolicy = policy;
        return this;
    }

    /** Who may write to whom. */
    public RealtimeBuilder messagePolicy(MessagePolicy policy) {
        messagePolicy = policy;
        return this;
    }

    /** Where it is known who is there. */
    public RealtimeBuilder presence(PresenceStore store) {
        presence = store;
        return this;
    }

    /** Who may see whether somebody is there. */
    public RealtimeBuilder presencePolicy(PresencePolicy policy) {
        presencePolicy = policy;
        return this;
    }

    /** The name of this node among those that share its stores, which no other may have; by default a random one. */
    public RealtimeBuilder nodeId(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a node has a name");
        }
        nodeId = id;
        return this;
    }

    /** Where calls are while they live. */
    public RealtimeBuilder callStore(CallStore store) {
        callStore = store;
        return this;
    }

    /** Where calls are kept when they are over. */
    public RealtimeBuilder callRecords(CallRecords store) {
        callRecords = store;
        return this;
    }

    /** Who may ring whom outside of a visit. */
    public RealtimeBuilder callPolicy(CallPolicy policy) {
        callPolicy = policy;
        return this;
    }

    /** How events reach other nodes. */
    public RealtimeBuilder fanout(Fanout chosen) {
        fanout = chosen;
        return this;
    }

    /** Where events are kept for those who missed them. */
    public RealtimeBuilder eventLog(EventLog log) {
        eventLog = Optional.of(log);
        return this;
    }

    /** The clocks: one for timestamps, one for deadlines. Tests move them by hand. */
    public RealtimeBuilder clocks(InstantSource timestamps, Timers deadlines) {
        time = timestamps;
        timers = Optional.of(deadlines);
        return this;
    }

    /** The node, running. */
    public Realtime start() {
        return new Realtime(this);
    }
}
