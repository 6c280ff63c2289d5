package dev.realtime.examples.contract;

import static org.awaitility.Awaitility.await;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.RealtimeSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestAuthenticator;
import java.time.Duration;

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
                .settings(RealtimeSettings.DEFAULTS
                        .with(sessions)
                        .with(RecoverySettings.OFF)
                        .withDepartureGrace(Duration.ofMillis(100)));
    }
}
