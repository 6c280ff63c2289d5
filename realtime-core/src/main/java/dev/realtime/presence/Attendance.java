package dev.realtime.presence;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.turn.Turns;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, and which of them the store knows. Whoever comes or goes is noted at once and told to the
 * store soon after, by a few workers at most, so that a store that is slow holds up nothing else; what it could not be
 * told stays due. Only the last state counts: a session that came and went meanwhile costs the store nothing.
 *
 * <p>Any thread may call. For one user the store is told one thing at a time, in order.
 */
final class Attendance {
    private static final int MOST_WORKERS = 4;

    private final Register register;
    private final Executor workers;
    private final Consumer<StoreException> whenAway;
    private final Map<SessionId, Attendee> all = new ConcurrentHashMap<>();
    /** What the store has to be told of each user. A session changes only in its user's place here. */
    private final Map<UserId, Set<Attendee>> due = new ConcurrentHashMap<>();

    private final Queue<UserId> waiting = new ConcurrentLinkedQueue<>();
    /** Those who wait, each once. */
    private final Set<UserId> queued = ConcurrentHashMap.newKeySet();

    private final AtomicInteger working = new AtomicInteger();
    private final Turns turns = new Turns();
    /** How often the store has forgotten this node; what it was told before does not count. */
    private final AtomicInteger lives = new AtomicInteger();

    /** The store, as far as it is told here, and whoever is told then; that happens in {@link #told}. */
    interface Register {
        void arrive(UserId user, SessionId session);

        void leave(UserId user, SessionId session);

        /** Something was done for the user, and no lock is held any more. */
        void told(UserId user);
    }

    Attendance(Register register, Executor workers, Consumer<StoreException> whenAway) {
        this.register = register;
        this.workers = workers;
        this.whenAway = whenAway;
    }

    void arrived(UserId user, SessionId session) {
        due.compute(user, (key, known) -> {
            Attendee attendee = all.computeIfAbsent(session, id -> new Attendee(user, id));
            attendee.isHere = true;
            return with(known, attendee);
        });
        queue(user);
    }

    void left(UserId user, SessionId session) {
        due.compute(user, (key, known) -> {
            Attendee attendee = all.get(session);
            if (attendee == null) {
                return known;
            }
            attendee.isHere = false;
            if (attendee.isUntold()) {
                // However many come and go while the store hangs, nothing is left of them.
                all.remove(session, attendee);
                return without(known, attendee);
            }
            return with(known, attendee);
        });
        queue(user);
    }

    /** The store knows nothing of this node any more: it has to be told of all sessions again. */
    void forgotten() {
        lives.incrementAndGet();
        for (Attendee attendee : all.values()) {
            due.compute(
                    attendee.user,
                    (user, known) -> all.get(attendee.session) == attendee ? with(known, attendee) : known);
            queue(attendee.user);
        }
    }

    /** Tries again what the store could not be told. */
    void retry() {
        due.keySet().forEach(this::queue);
    }

    /** How many sessions are known here, those among them that are gone and of which the store has to be told. */
    int count() {
        return all.size();
    }

    /** Sees that the store knows the user's sessions as they are; {@link StoreException} when it cannot be told. */
    void settle(UserId user) {
        if (!due.containsKey(user)) {
            return;
        }
        try {
            turns.take(user, () -> {
                // Those who come first, so that nobody is lost who only changes the device.
                Set<Attendee> those = due.getOrDefault(user, Set.of());
                for (Attendee attendee : those) {
                    if (attendee.isHere) {
                        settle(attendee);
                    }
                }
                those.forEach(this::settle);
            });
        } finally {
            register.told(user);
        }
    }

    private void settle(Attendee attendee) {
        attendee.isBeingTold = true;
        try {
            tell(attendee);
        } finally {
            attendee.isBeingTold = false;
        }
    }

    private void tell(Attendee attendee) {
        int life = lives.get();
        if (attendee.isHere && attendee.toldIn != life) {
            register.arrive(attendee.user, attendee.session);
            attendee.toldIn = life;
        } else if (!attendee.isHere && attendee.toldIn != Attendee.NEVER) {
            register.leave(attendee.user, attendee.session);
            attendee.toldIn = Attendee.NEVER;
        }
        due.computeIfPresent(attendee.user, (user, left) -> {
            if (attendee.isSettled(lives.get())) {
                if (!attendee.isHere) {
                    all.remove(attendee.session, attendee);
                }
                return without(left, attendee);
            }
            return left;
        });
    }

    private static Set<Attendee> with(@Nullable Set<Attendee> known, Attendee attendee) {
        Set<Attendee> more = known == null ? ConcurrentHashMap.newKeySet(2) : known;
        more.add(attendee);
        return more;
    }

    private static @Nullable Set<Attendee> without(@Nullable Set<Attendee> known, Attendee attendee) {
        if (known == null) {
            return null;
        }
        known.remove(attendee);
        return known.isEmpty() ? null : known;
    }

    private void queue(UserId user) {
        if (due.containsKey(user) && queued.add(user)) {
            waiting.add(user);
            callWorker();
        }
    }

    private Optional<UserId> next() {
        UserId next = waiting.poll();
        if (next != null) {
            queued.remove(next);
        }
        return Optional.ofNullable(next);
    }

    private void callWorker() {
        if (working.getAndUpdate(count -> Math.min(MOST_WORKERS, count + 1)) < MOST_WORKERS) {
            workers.execute(this::work);
        }
    }

    private void work() {
        try {
            for (Optional<UserId> user = next(); user.isPresent(); user = next()) {
                settle(user.get());
            }
        } catch (StoreException away) {
            // The others would wait for nothing, too: all of them are due with the next beat that reaches the store.
            while (next().isPresent()) {
                // Nothing to do: who is taken from the queue stays due.
            }
            whenAway.accept(away);
        } finally {
            working.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            callWorker();
        }
    }

    /** One session. */
    private static final class Attendee {
        private static final int NEVER = -1;

        private final UserId user;
        private final SessionId session;
        private volatile boolean isHere;
        /** In which life of the store it was told; guarded by the lock of the user. */
        private volatile int toldIn = NEVER;

        private volatile boolean isBeingTold;

        Attendee(UserId user, SessionId session) {
            this.user = user;
            this.session = session;
        }

        /** Whether the store knows nothing of it and, once it is not here, will hear nothing of it. */
        boolean isUntold() {
            return toldIn == NEVER && !isBeingTold;
        }

        boolean isSettled(int life) {
            return isHere ? toldIn == life : toldIn == NEVER;
        }
    }
}
