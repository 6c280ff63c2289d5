package dev.realtime;

import dev.realtime.call.CallSettings;
import dev.realtime.messaging.MessagingSettings;
import dev.realtime.notification.NotificationSettings;
import dev.realtime.presence.PresenceSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.room.RoomSettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.typing.TypingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of a node, a record for each part. {@link #DEFAULTS} is fit for production; what is to be different is
 * said part by part. Unchangeable.
 *
 * <pre>{@code
 * RealtimeSettings.DEFAULTS.with(PresenceSettings.DEFAULTS.withGrace(Duration.ofSeconds(10)))
 * }</pre>
 */
public final class RealtimeSettings {
    /** The defaults of each part; pages of this host only; namespaces {@code /}, {@code /api/v1} and {@code /api}. */
    public static final RealtimeSettings DEFAULTS = new RealtimeSettings();

    private SessionSettings sessions = SessionSettings.DEFAULTS;
    private RoomSettings rooms = RoomSettings.DEFAULTS;
    private MessagingSettings messaging = MessagingSettings.DEFAULTS;
    private TypingSettings typing = TypingSettings.DEFAULTS;
    private PresenceSettings presence = PresenceSettings.DEFAULTS;
    private CallSettings calls = CallSettings.DEFAULTS;
    private NotificationSettings notifications = NotificationSettings.DEFAULTS;
    private RecoverySettings recovery = RecoverySettings.DEFAULTS;
    private OriginPolicy origins = new OriginPolicy(List.of());
    private Set<String> namespaces = Set.of("/", "/api/v1", "/api");
    private Duration departureGrace = Duration.ofSeconds(5);

    private RealtimeSettings() {}

    private RealtimeSettings(RealtimeSettings other) {
        sessions = other.sessions;
        rooms = other.rooms;
        messaging = other.messaging;
        typing = other.typing;
        presence = other.presence;
        calls = other.calls;
        notifications = other.notifications;
        recovery = other.recovery;
        origins = other.origins;
        namespaces = other.namespaces;
        departureGrace = other.departureGrace;
    }

    /** Connections and the work they bring. */
    public SessionSettings sessions() {
        return sessions;
    }

    /** Bounds of rooms. */
    public RoomSettings rooms() {
        return rooms;
    }

    /** How messages are stored and read. */
    public MessagingSettings messaging() {
        return messaging;
    }

    /** How long somebody writes who says no more. */
    public TypingSettings typing() {
        return typing;
    }

    /** How long users seem to be there, and what others hear of them. */
    public PresenceSettings presence() {
        return presence;
    }

    /** Rules and bounds of calls. */
    public CallSettings calls() {
        return calls;
    }

    /** How notifications are read, and how many are kept in memory. */
    public NotificationSettings notifications() {
        return notifications;
    }

    /** How much is kept for clients that come back. */
    public RecoverySettings recovery() {
        return recovery;
    }

    /** Which pages may connect. */
    public OriginPolicy origins() {
        return origins;
    }

    /** The names under which clients reach the same sessions and rooms. */
    public Set<String> namespaces() {
        return namespaces;
    }

    /** How long a session that lost its connection still counts as being in its rooms. */
    public Duration departureGrace() {
        return departureGrace;
    }

    /** These settings, but for connections. */
    public RealtimeSettings with(SessionSettings other) {
        return but(copy -> copy.sessions = other);
    }

    /** These settings, but for rooms. */
    public RealtimeSettings with(RoomSettings other) {
        return but(copy -> copy.rooms = other);
    }

    /** These settings, but for messages. */
    public RealtimeSettings with(MessagingSettings other) {
        return but(copy -> copy.messaging = other);
    }

    /** These settings, but for typing. */
    public RealtimeSettings with(TypingSettings other) {
        return but(copy -> copy.typing = other);
    }

    /** These settings, but for presence. */
    public RealtimeSettings with(PresenceSettings other) {
        return but(copy -> copy.presence = other);
    }

    /** These settings, but for calls. */
    public RealtimeSettings with(CallSettings other) {
        return but(copy -> copy.calls = other);
    }

    /** These settings, but for notifications. */
    public RealtimeSettings with(NotificationSettings other) {
        return but(copy -> copy.notifications = other);
    }

    /** These settings, but for recovery. */
    public RealtimeSettings with(RecoverySettings other) {
        return but(copy -> copy.recovery = other);
    }

    /** These settings, but for origins. */
    public RealtimeSettings with(OriginPolicy other) {
        return but(copy -> copy.origins = other);
    }

    /** These settings with other {@link #namespaces}. */
    public RealtimeSettings withNamespaces(Set<String> other) {
        Set<String> names = Set.copyOf(other);
        return but(copy -> copy.namespaces = names);
    }

    /** These settings with another {@link #departureGrace}. */
    public RealtimeSettings withDepartureGrace(Duration other) {
        return but(copy -> copy.departureGrace = other);
    }

    private RealtimeSettings but(Consumer<RealtimeSettings> change) {
        RealtimeSettings copy = new RealtimeSettings(this);
        change.accept(copy);
        return copy;
    }
}
