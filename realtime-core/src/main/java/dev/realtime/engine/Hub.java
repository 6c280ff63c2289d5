package dev.realtime.engine;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.session.Session;
import dev.realtime.session.SessionRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, by id, by user and by room: where deliveries find them, those that wait for their client
 * to come back among them. To hosts only those that live are shown. Safe for many threads.
 */
public final class Hub implements SessionRegistry {
    private final Map<SessionId, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Map<UserId, List<LiveSession>> users = new ConcurrentHashMap<>();
    private final Map<RoomId, Seats> rooms = new ConcurrentHashMap<>();
    private final Watchers watchers = new Watchers(this);
    /** How many connections without a session count as sessions of a user. */
    private final Map<UserId, Integer> vacancies = new ConcurrentHashMap<>();

    /** An empty hub. */
    public Hub() {}

    /** Registers the session, unless its user has {@code most} that live already, or connections left by them. */
    boolean add(LiveSession session, int most) {
        List<LiveSession> own = users.compute(session.principal().user(), (user, known) -> {
            List<LiveSession> before = known == null ? List.of() : known;
            long living = before.stream().filter(other -> !other.isParked()).count();
            return living + vacancies.getOrDefault(user, 0) >= most ? before : with(before, session);
        });
        if (!own.contains(session)) {
            return false;
        }
        sessions.put(session.id(), session);
        return true;
    }

    /** Forgets the session; deliveries no longer find it, in its rooms neither. */
    void remove(LiveSession session) {
        sessions.remove(session.id());
        users.computeIfPresent(session.principal().user(), (user, known) -> without(known, session));
        synchronized (session) {
            session.surrenderRooms().forEach(room -> vacate(session, room));
            watchers.leave(session);
        }
    }

    /** One more connection counts as a session of the user. */
    void vacate(UserId user) {
        vacancies.merge(user, 1, Integer::sum);
    }

    /** One connection less does. */
    void fill(UserId user) {
        vacancies.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Delivers the room's events to the session from now on. */
    public void enter(SessionId id, RoomId room) {
        live(id).ifPresent(session -> {
            synchronized (session) {
                if (session.enters(room)) {
                    seat(session, room);
                }
            }
        });
    }

    /** Delivers the room's events to the session no longer. */
    public void exit(SessionId id, RoomId room) {
        live(id).ifPresent(session -> {
            synchronized (session) {
                session.leaves(room);
                vacate(session, room);
            }
        });
    }

    private void seat(LiveSession session, RoomId room) {
        rooms.compute(room, (key, known) -> {
            Seats seats = known == null ? new Seats() : known;
            seats.add(session);
            return seats;
        });
    }

    private void vacate(LiveSession session, RoomId room) {
        rooms.computeIfPresent(room, (key, seats) -> {
            seats.remove(session);
            return seats.isEmpty() ? null : seats;
        });
    }

    /** Which sessions watch which users. */
    public Watchers watchers() {
        return watchers;
    }

    /**
     * Runs {@code action} once when all that the session missed is on its way and it hears volatile events again; not
     * when it is gone before. The action does next to nothing.
     */
    public void whenCaughtUp(SessionId id, Runnable action) {
        live(id).ifPresent(session -> session.feed().whenCaughtUp(action));
    }

    void inRoom(RoomId room, Consumer<LiveSession> action) {
        Seats seats = rooms.get(room);
        if (seats != null) {
            seats.forEach(action);
        }
    }

    void ofUser(UserId user, Consumer<LiveSession> action) {
        users.getOrDefault(user, List.of()).forEach(action);
    }

    Optional<LiveSession> live(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    void everyone(Consumer<LiveSession> action) {
        sessions.values().forEach(action);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return live(id).filter(session -> !session.isParked()).map(Session.class::cast);
    }

    @Override
    public List<Session> of(UserId user) {
        return living(users.getOrDefault(user, List.of()));
    }

    @Override
    public List<Session> all() {
        return living(sessions.values());
    }

    @Override
    public int count() {
        return all().size();
    }

    /** The rooms whose events the session is to hear, also while it waits for its client to come back. */
    public Set<RoomId> roomsOf(SessionId id) {
        return live(id).map(LiveSession::rooms).orElse(Set.of());
    }

    /** Whether the session is to hear the room's events. */
    public boolean isIn(SessionId id, RoomId room) {
        return live(id).filter(session -> session.isIn(room)).isPresent();
    }

    private static List<Session> living(Collection<LiveSession> sessions) {
        return sessions.stream()
                .filter(session -> !session.isParked())
                .<Session>map(session -> session)
                .toList();
    }

    private static List<LiveSession> with(List<LiveSession> known, LiveSession session) {
        List<LiveSession> more = new ArrayList<>(known);
        more.add(session);
        return List.copyOf(more);
    }

    private static @Nullable List<LiveSession> without(List<LiveSession> known, LiveSession session) {
        List<LiveSession> less =
                known.stream().filter(other -> other != session).toList();
        return less.isEmpty() ? null : less;
    }
}
