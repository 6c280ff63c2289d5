package dev.realtime.runner;

import dev.realtime.RealtimeSettings;
import dev.realtime.auth.Role;
import dev.realtime.call.CallSettings;
import dev.realtime.call.IceSettings;
import dev.realtime.presence.PresenceSettings;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.room.RoomPolicy;
import dev.realtime.room.RoomSettings;
import dev.realtime.runner.settings.ConnectionSettings;
import dev.realtime.runner.settings.LimitSettings;
import dev.realtime.runner.settings.RateSettings;
import dev.realtime.runner.settings.RunnerSettings;
import dev.realtime.runner.settings.Secret;
import dev.realtime.session.SessionSettings;
import dev.realtime.transport.OriginPolicy;
import java.util.HashSet;
import java.util.Set;

/** What an operator has set, in the terms of the library. */
record NodeSettings(RunnerSettings chosen) {
    private static final SessionSettings SESSIONS = SessionSettings.DEFAULTS;
    private static final CallSettings CALLS = CallSettings.DEFAULTS;

    RealtimeSettings realtime() {
        Set<String> namespaces = new HashSet<>(chosen.connections().namespaceAliases());
        namespaces.add("/");
        return RealtimeSettings.DEFAULTS
                .with(sessions())
                .with(new RoomSettings(chosen.limits().maxRoomsPerSession()))
                .with(PresenceSettings.DEFAULTS.withGrace(chosen.rooms().presenceGrace()))
                .with(calls())
                .with(recovery())
                .with(new OriginPolicy(chosen.server().origins()))
                .withNamespaces(namespaces)
                .withDepartureGrace(chosen.rooms().presenceGrace());
    }

    SocketIoSettings socketIo() {
        ConnectionSettings connections = chosen.connections();
        return new SocketIoSettings(new EngineIoSettings(
                connections.pingInterval(),
                connections.pingTimeout(),
                EngineIoSettings.defaults().upgradeTimeout(),
                connections.maxPayloadBytes()));
    }

    PlainSettings plain() {
        ConnectionSettings connections = chosen.connections();
        return new PlainSettings(connections.pingInterval(), connections.pingTimeout(), connections.maxPayloadBytes());
    }

    /** Open rooms are for those in care; admins are not asked about. */
    RoomPolicy roomPolicy() {
        boolean isOpen = chosen.rooms().open();
        return (who, room) -> isOpen && Role.isInCare(who.role());
    }

    private CallSettings calls() {
        dev.realtime.runner.settings.CallSettings calls = chosen.calls();
        return new CallSettings(
                calls.ringTimeout(),
                calls.disconnectGrace(),
                CALLS.progressDelay(),
                CALLS.issuePause(),
                calls.refusesBusy() ? CallSettings.BusyPolicy.REFUSE : CallSettings.BusyPolicy.RING,
                CALLS.openPerCaller(),
                CALLS.recordPatience(),
                new IceSettings(
                        calls.stunUrls(),
                        calls.turnUrls(),
                        calls.turnSecret().map(Secret::text),
                        calls.turnTimeToLive()));
    }

    private RecoverySettings recovery() {
        RecoverySettings usual = RecoverySettings.DEFAULTS;
        return new RecoverySettings(
                chosen.connections().recoveryWindow(),
                usual.events(),
                usual.bytes(),
                chosen.limits().maxConnections());
    }

    private SessionSettings sessions() {
        LimitSettings limits = chosen.limits();
        RateSettings rates = chosen.rates();
        return new SessionSettings(
                        chosen.connections().connectTimeout(),
                        limits.outboundQueueBytes(),
                        limits.maxConnections(),
                        limits.maxConnectionsPerUser(),
                        SESSIONS.maxWaitingEvents(),
                        SESSIONS.maxWaitingOnNode(),
                        chosen.connections().drainTimeout(),
                        new SessionSettings.Rates(
                                rates.eventsPerSecond(),
                                rates.eventsBurst(),
                                rates.messagesPerSecond(),
                                rates.messagesBurst(),
                                rates.connectsPerSecond(),
                                rates.connectsBurst(),
                                rates.callsPerMinute()))
                .with(new SessionSettings.Liveness(
                        chosen.connections().reapTimeout(), chosen.connections().idleTimeout()));
    }
}
