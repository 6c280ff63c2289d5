package dev.realtime.engine;

import dev.realtime.engine.outbox.Channel;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The namespaces of one connection: those that have a session, those whose connect is being decided, and those whose
 * session we have ended while the client may not know it yet.
 *
 * <p>Any thread may call; nothing is called while the lock is held. A connection without a namespace holds no map.
 */
final class Namespaces {
    private volatile Map<String, LiveSession> sessions = Map.of();
    private Map<String, Claim> claims = Map.of();
    /** Written before a session goes, read after it was missed: so one of the two is always seen. */
    private volatile Set<String> dismissed = Set.of();

    private volatile boolean isDeaf;
    private boolean isClosed;

    /** One connect that is being decided; no two are the same. */
    static final class Claim {
        private final Channel channel;

        private Claim(Channel channel) {
            this.channel = channel;
        }

        Channel channel() {
            return channel;
        }
    }

    /** What became of a session that was to be adopted. */
    enum Adoption {
        DONE,
        /** The client has left while its connect was being decided. */
        WITHDRAWN,
        /** The connection is gone, or goes. */
        TOO_LATE
    }

    /** What it means to the connection that a session was dismissed. */
    enum Dismissal {
        /** The session was not here. */
        NONE,
        /** Others are here, or on their way. */
        ONE,
        /** It was the last; from now on the connection is deaf. */
        LAST
    }

    /** The session of the namespace. */
    Optional<LiveSession> find(String namespace) {
        return Optional.ofNullable(sessions.get(namespace));
    }

    Collection<LiveSession> all() {
        return sessions.values();
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** Whether the session is one of this connection. */
    boolean holds(LiveSession session) {
        return sessions.get(session.channel().namespace()) == session;
    }

    /** Whether what the client still says is without meaning: the connection ends by our own word. */
    boolean isDeaf() {
        return isDeaf;
    }

    /** Whether we have ended the session of this namespace, which the client may not know yet. */
    boolean isDismissed(String namespace) {
        return dismissed.contains(namespace);
    }

    /** Takes a namespace that is free. A repeated connect is ignored (socket.io-client 4.6.0). */
    synchronized Optional<Claim> claim(Channel channel) {
        String namespace = channel.namespace();
        if (isClosed || isDeaf || sessions.containsKey(namespace) || claims.containsKey(namespace)) {
            return Optional.empty();
        }
        Claim claim = new Claim(channel);
        claims = with(claims, namespace, claim);
        dismissed = without(dismissed, namespace);
        return Optional.of(claim);
    }

    /** Whether the client still waits for the answer to this connect. */
    synchronized boolean isWanted(Claim claim) {
        return !isClosed && claims.get(claim.channel().namespace()) == claim;
    }

    /** The connect is answered, and not by a session. */
    synchronized void release(Claim claim) {
        claims = without(claims, claim.channel().namespace(), claim);
    }

    /** The client takes its connect back; false when none is being decided. */
    synchronized boolean withdraw(String namespace) {
        Claim claim = claims.get(namespace);
        if (claim == null) {
            return false;
        }
        claims = without(claims, namespace, claim);
        return true;
    }

    /** The connect is answered by this session. */
    synchronized Adoption adopt(Claim claim, LiveSession session) {
        String namespace = claim.channel().namespace();
        boolean isWanted = claims.get(namespace) == claim;
        claims = without(claims, namespace, claim);
        if (isClosed || isDeaf) {
            return Adoption.TOO_LATE;
        }
        if (isWanted) {
            sessions = with(sessions, namespace, session);
        }
        return isWanted ? Adoption.DONE : Adoption.WITHDRAWN;
    }

    /** Forgets a session that its client has left; false when it was not here. */
    synchronized boolean forget(LiveSession session) {
        String namespace = session.channel().namespace();
        boolean wasThere = holds(session);
        sessions = without(sessions, namespace, session);
        return wasThere;
    }

    /** Forgets a session by our own word. Deaf comes first: who misses the session then sees that. */
    synchronized Dismissal dismiss(LiveSession session) {
        if (!holds(session)) {
            return Dismissal.NONE;
        }
        boolean isLast = sessions.size() == 1 && claims.isEmpty();
        isDeaf |= isLast;
        dismissed = with(dismissed, session.channel().namespace());
        forget(session);
        return isLast ? Dismissal.LAST : Dismissal.ONE;
    }

    /** From now on nothing that the client says has a meaning, and it gets no session. */
    synchronized void deafen() {
        isDeaf = true;
    }

    /** Ends all by our own word; the sessions that were here. */
    synchronized List<LiveSession> dismissAll() {
        isDeaf = true;
        return take();
    }

    /** The connection is gone: the sessions that were here, once. */
    synchronized Optional<List<LiveSession>> close() {
        if (isClosed) {
            return Optional.empty();
        }
        isClosed = true;
        return Optional.of(take());
    }

    private List<LiveSession> take() {
        List<LiveSession> last = List.copyOf(sessions.values());
        sessions = Map.of();
        claims = Map.of();
        return last;
    }

    private static <T> Map<String, T> with(Map<String, T> known, String key, T value) {
        Map<String, T> more = new HashMap<>(known);
        more.put(key, value);
        return Map.copyOf(more);
    }

    private static <T> Map<String, T> without(Map<String, T> known, String key, T value) {
        Map<String, T> less = new HashMap<>(known);
        less.remove(key, value);
        return Map.copyOf(less);
    }

    private static Set<String> with(Set<String> known, String one) {
        Set<String> more = new HashSet<>(known);
        more.add(one);
        return Set.copyOf(more);
    }

    private static Set<String> without(Set<String> known, String one) {
        Set<String> less = new HashSet<>(known);
        less.remove(one);
        return Set.copyOf(less);
    }
}
