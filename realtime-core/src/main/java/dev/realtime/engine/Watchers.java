package dev.realtime.engine;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.LimitExceededException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Which sessions of this node watch which users, those that wait for their client to come back among them. A session
 * that is gone watches nobody. Any thread may call.
 *
 * <p>Thousands may watch thousands, so a pair costs a seat and a reference: the user stands here once, however many
 * watch.
 */
public final class Watchers {
    private final Hub hub;
    private final Map<UserId, Watched> users = new ConcurrentHashMap<>();
    private final LongAdder pairs = new LongAdder();

    Watchers(Hub hub) {
        this.hub = hub;
    }

    /** A user whom somebody watches. Seats are taken and left in its place in the map. */
    static final class Watched {
        private final UserId user;
        private final Seats seats = new Seats();

        private Watched(UserId user) {
            this.user = user;
        }
    }

    /**
     * Has the session watch these users from now on, too, and tells which of them it did not watch before.
     *
     * @throws LimitExceededException when it would watch more than {@code most}; then nothing is changed
     */
    public List<UserId> watch(SessionId id, Collection<UserId> wanted, int most) {
        return hub.live(id).map(session -> watch(session, wanted, most)).orElse(List.of());
    }

    /** The session watches these users no longer. */
    public void unwatch(SessionId id, Collection<UserId> unwanted) {
        hub.live(id).ifPresent(session -> {
            synchronized (session) {
                unwanted.forEach(user -> leave(session, user));
            }
        });
    }

    /** The users that the session watches, in no order. */
    public List<UserId> watchedBy(SessionId id) {
        return hub.live(id).map(Watchers::watchedBy).orElse(List.of());
    }

    /** How many users are watched, each time they are. */
    public long count() {
        return pairs.sum();
    }

    void of(UserId user, Consumer<LiveSession> action) {
        Watched watched = users.get(user);
        if (watched != null) {
            watched.seats.forEach(action);
        }
    }

    /** The session watches nobody any more. The hub calls it holding the session's lock. */
    void leave(LiveSession session) {
        session.surrenderWatched().forEach(watched -> vacate(session, watched.user));
    }

    private List<UserId> watch(LiveSession session, Collection<UserId> wanted, int most) {
        synchronized (session) {
            List<UserId> added = wanted.stream()
                    .distinct()
                    .filter(user -> !isWatched(user, session))
                    .toList();
            if (session.watched().size() + added.size() > most) {
                throw new LimitExceededException(LimitExceededException.Subject.SUBSCRIPTIONS, most);
            }
            seat(session, added);
            return added;
        }
    }

    private boolean isWatched(UserId user, LiveSession session) {
        Watched watched = users.get(user);
        return watched != null && session.watches(watched);
    }

    private static List<UserId> watchedBy(LiveSession session) {
        synchronized (session) {
            return session.watched().stream().map(watched -> watched.user).toList();
        }
    }

    /** Everybody in a room asks for the same users in the same order: each begins elsewhere, so as not to queue. */
    private void seat(LiveSession session, List<UserId> added) {
        int first = Math.floorMod(session.hashCode(), Math.max(1, added.size()));
        added.subList(first, added.size()).forEach(user -> seat(session, user));
        added.subList(0, first).forEach(user -> seat(session, user));
    }

    private void seat(LiveSession session, UserId user) {
        users.compute(user, (key, known) -> {
            Watched watched = known == null ? new Watched(user) : known;
            if (session.mayWatch(watched)) {
                watched.seats.addNew(session);
                pairs.increment();
            }
            return watched.seats.isEmpty() ? null : watched;
        });
    }

    private void leave(LiveSession session, UserId user) {
        Watched watched = users.get(user);
        if (watched != null && session.unwatches(watched)) {
            vacate(session, user);
        }
    }

    private void vacate(LiveSession session, UserId user) {
        pairs.decrement();
        users.computeIfPresent(user, (key, watched) -> {
            watched.seats.remove(session);
            return watched.seats.isEmpty() ? null : watched;
        });
    }
}
