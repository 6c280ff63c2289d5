package dev.realtime.examples.contract;

import static org.awaitility.Awaitility.await;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.RealtimeSettings;
import dev.realtime.messaging.MessagingSettings;
import dev.realtime.notification.NotificationSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.room.RoomSettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.typing.TypingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Nodes without rate limits, recovery and a reaper, in whose rooms everybody may be. */
final class Nodes {
    private Nodes() {}

    static Realtime start() {
        return builder().start();
    }

    /** Waits until the node has so many sessions. */
    static void awaitSessions(Realtime realtime, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> realtime.sessions().count() == count);
    }

    static RealtimeBuilder builder() {
        SessionSettings defaults = SessionSettings.DEFAULTS;
        SessionSettings sessions = new SessionSettings(
                        defaults.connectTimeout(),
                        defaults.queueBytes(),
                        defaults.maxConnections(),
                        defaults.maxSessionsPerUser(),
                        defaults.maxWaitingEvents(),
                        defaults.maxWaitingOnNode(),
                        Duration.ofSeconds(2),
                        new SessionSettings.Rates(0, 0, 0, 0, 0, 0))
                .with(new SessionSettings.Liveness(Duration.ZERO, Duration.ZERO));
        return Realtime.with(new TestAuthenticator())
                .roomPolicy((who, room) -> true)
                .settings(new RealtimeSettings(
                        sessions,
                        RoomSettings.DEFAULTS,
                        MessagingSettings.DEFAULTS,
                        TypingSettings.DEFAULTS,
                        NotificationSettings.DEFAULTS,
                        RecoverySettings.OFF,
                        new OriginPolicy(List.of()),
                        Set.of("/"),
                        Duration.ofMillis(100)));
    }
}
