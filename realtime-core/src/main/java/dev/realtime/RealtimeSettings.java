package dev.realtime;

import dev.realtime.call.CallSettings;
import dev.realtime.messaging.MessagingSettings;
import dev.realtime.notification.NotificationSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.room.RoomSettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.typing.TypingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings of a node, a record for each part. {@link #DEFAULTS} is fit for production.
 *
 * @param sessions connections and the work they bring
 * @param rooms bounds of rooms
 * @param messaging how messages are stored and read
 * @param typing how long somebody writes who says no more
 * @param calls rules and bounds of calls
 * @param notifications how notifications are read, and how many are kept in memory
 * @param recovery how much is kept for clients that come back
 * @param origins which pages may connect
 * @param namespaces the names under which clients reach the same sessions and rooms
 * @param departureGrace how long a session that lost its connection still counts as being in its rooms
 */
public record RealtimeSettings(
        SessionSettings sessions,
        RoomSettings rooms,
        MessagingSettings messaging,
        TypingSettings typing,
        CallSettings calls,
        NotificationSettings notifications,
        RecoverySettings recovery,
        OriginPolicy origins,
        Set<String> namespaces,
        Duration departureGrace) {

    /** The defaults of each part; pages of this host only; namespaces {@code /}, {@code /api/v1} and {@code /api}. */
    public static final RealtimeSettings DEFAULTS = new RealtimeSettings(
            SessionSettings.DEFAULTS,
            RoomSettings.DEFAULTS,
            MessagingSettings.DEFAULTS,
            TypingSettings.DEFAULTS,
            CallSettings.DEFAULTS,
            NotificationSettings.DEFAULTS,
            RecoverySettings.DEFAULTS,
            new OriginPolicy(List.of()),
            Set.of("/", "/api/v1", "/api"),
            Duration.ofSeconds(5));

    /** Copies the set. */
    public RealtimeSettings {
        namespaces = Set.copyOf(namespaces);
    }

    /** These settings with the usual {@link CallSettings}. */
    public RealtimeSettings(
            SessionSettings sessions,
            RoomSettings rooms,
            MessagingSettings messaging,
            TypingSettings typing,
            NotificationSettings notifications,
            RecoverySettings recovery,
            OriginPolicy origins,
            Set<String> namespaces,
            Duration departureGrace) {
        this(
                sessions,
                rooms,
                messaging,
                typing,
                CallSettings.DEFAULTS,
                notifications,
                recovery,
                origins,
                namespaces,
                departureGrace);
    }

    /** These settings, but for calls. */
    public RealtimeSettings with(CallSettings other) {
        return new RealtimeSettings(
                sessions,
                rooms,
                messaging,
                typing,
                other,
                notifications,
                recovery,
                origins,
                namespaces,
                departureGrace);
    }
}
