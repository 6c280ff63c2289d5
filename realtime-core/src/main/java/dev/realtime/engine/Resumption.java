package dev.realtime.engine;

import dev.realtime.address.RoomId;
import dev.realtime.auth.Principal;
import dev.realtime.engine.pace.TokenBucket;
import dev.realtime.fanout.Position;
import dev.realtime.recovery.EventLog;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.time.Timers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * The sessions that a client can come back to, by their private ids: those that lost their connection, for a while,
 * and those whose connection has not noticed yet that it is dead. Any thread may call.
 */
public final class Resumption {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration ANOTHER_LOOK = Duration.ofSeconds(1);

    private final RecoverySettings settings;
    private final EventLog log;
    private final Hub hub;
    private final Timers timers;
    private final InstantSource time;
    private final BiPredicate<Principal, Set<RoomId>> mayUse;
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Set<LiveSession> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger parked = new AtomicInteger();

    /** {@code mayUse} tells whether a user still may use all of some rooms; it may block. */
    public Resumption(
            RecoverySettings settings,
            EventLog log,
            Hub hub,
            Timers timers,
            InstantSource time,
            BiPredicate<Principal, Set<RoomId>> mayUse) {
        this.settings = settings;
        this.log = log;
        this.hub = hub;
        this.timers = timers;
        this.time = time;
        this.mayUse = mayUse;
        if (settings.isOn()) {
            timers.after(SWEEP, this::sweep);
        }
    }

    /** A session found again, and where its client goes on. It is nobody else's until {@link #release}. */
    record Claim(LiveSession session, long index) {}

    /** What a new session begins with. */
    LiveSession.Beginning beginning(TokenBucket events) {
        Optional<String> privateId = settings.isOn() ? Optional.of(newId()) : Optional.empty();
        return new LiveSession.Beginning(time.instant(), log.head(), events, privateId, settings);
    }

    /** Whether events carry an offset. */
    boolean isOn() {
        return settings.isOn();
    }

    /** From now on the session can be resumed. */
    void register(LiveSession session) {
        session.privateId().ifPresent(id -> sessions.put(id, session));
    }

    /** The session cannot be resumed any more. */
    void forget(LiveSession session) {
        session.privateId().ifPresent(id -> sessions.remove(id, session));
    }

    /** Keeps the session that lost its connection for its client's return; false when it has to end instead. */
    boolean park(LiveSession session, LiveConnection lost) {
        boolean isKnown =
                session.privateId().filter(id -> sessions.get(id) == session).isPresent();
        long now = timers.nanoTime();
        if (!isKnown || parked.get() >= settings.parked() || !session.park(lost, now)) {
            return false;
        }
        parked.incrementAndGet();
        timers.after(settings.window(), () -> expire(session, now));
        return true;
    }

    /**
     * The session that the client shows the private id of, when everything since its offset is there, the user is the
     * same and may still use its rooms. Of two claims at once one succeeds.
     */
    Optional<Claim> claim(Resume wanted, Principal who, Channel channel) {
        LiveSession session = sessions.get(wanted.privateId());
        if (session == null || !claimed.add(session)) {
            return Optional.empty();
        }
        long index = session.channel() == channel
                        && session.principal().user().equals(who.user())
                        && mayUse.test(who, session.rooms())
                ? index(session, wanted)
                : -1;
        if (index < 0) {
            release(session);
            return Optional.empty();
        }
        return Optional.of(new Claim(session, index));
    }

    /** The claim is over. */
    void release(LiveSession session) {
        claimed.remove(session);
    }

    /** The session lives again, or is gone. */
    void unparked() {
        parked.decrementAndGet();
    }

    private long index(LiveSession session, Resume wanted) {
        Position greeted = session.greetedAt();
        Optional<Position> heard = wanted.offset().isEmpty() ? Optional.of(greeted) : wanted.position();
        return heard.filter(position -> position.epoch().equals(greeted.epoch()))
                .map(position -> session.feed().resumption(position.stamp(), greeted.stamp()))
                .orElse(-1L);
    }

    /** The window is over, unless the client was back meanwhile. */
    private void expire(LiveSession session, long since) {
        endParked(session, () -> session.isParkedSince(since));
    }

    /** Ends a session that waits for its client; without effect on one that does not, or whose client comes now. */
    void abandon(LiveSession session) {
        endParked(session, () -> true);
    }

    /** Looked at again when it is nobody else's: its client may have been back between. */
    private void endParked(LiveSession session, BooleanSupplier isMeant) {
        if (!session.isParked()) {
            return;
        }
        if (!claimed.add(session)) {
            // Somebody claims it, perhaps in vain; then it has to end all the same.
            timers.after(ANOTHER_LOOK, () -> endParked(session, isMeant));
            return;
        }
        try {
            if (session.isParked() && isMeant.getAsBoolean()) {
                forget(session);
                hub.remove(session);
                unparked();
            }
        } finally {
            release(session);
        }
    }

    private void sweep() {
        long oldest = Position.stampAt(time.millis() - settings.window().toMillis());
        sessions.values().forEach(session -> session.feed().dropBefore(oldest));
        timers.after(SWEEP, this::sweep);
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
