package dev.realtime.presence;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
    private static final int STRIPES = 64;

    private final Register register;
    private final Executor workers;
    private final Consumer<StoreException> whenAway;
    private final Map<SessionId, Attendee> all = new ConcurrentHashMap<>();
    /** What the store has to be told of each user. A session changes only in its user's place here. */
    private final Map<UserId, Set<Attendee>> due = new ConcurrentHashMap<>();

    private final Queue<UserId> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private final List<ReentrantLock> locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toList();
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
        note(user, () -> {
            Attendee attendee = all.computeIfAbsent(session, id -> new Attendee(user, id));
            attendee.isHere = true;
            return attendee;
        });
    }

    void left(UserId user, SessionId session) {
        note(user, () -> {
            Attendee attendee = all.get(session);
            if (attendee != null) {
                attendee.isHere = false;
            }
            return attendee;
        });
    }

    private void note(UserId user, Noting noting) {
        due.compute(user, (key, known) -> {
            Attendee changed = noting.note();
            if (changed == null) {
                return known;
            }
            Set<Attendee> more = known == null ? ConcurrentHashMap.newKeySet(2) : known;
            more.add(changed);
            return more;
        });
        waiting.add(user);
        callWorker();
    }

    /** The store knows nothing of this node any more: it has to be told of all sessions again. */
    void forgotten() {
        lives.incrementAndGet();
        all.values().forEach(attendee -> note(attendee.user, () -> all.get(attendee.session)));
    }

    /** Tries again what the store could not be told. */
    void retry() {
        if (!due.isEmpty()) {
            if (waiting.isEmpty()) {
                waiting.addAll(due.keySet());
            }
            callWorker();
        }
    }

    /** Sees that the store knows the user's sessions as they are; {@link StoreException} when it cannot be told. */
    void settle(UserId user) {
        if (!due.containsKey(user)) {
            return;
        }
        ReentrantLock lock = locks.get(Math.floorMod(user.hashCode(), STRIPES));
        lock.lock();
        try {
            // Those who come first, so that nobody is lost who only changes the device.
            Set<Attendee> those = due.getOrDefault(user, Set.of());
            those.stream().filter(attendee -> attendee.isHere).forEach(this::settle);
            those.forEach(this::settle);
        } finally {
            lock.unlock();
            register.told(user);
        }
    }

    private void settle(Attendee attendee) {
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
                left.remove(attendee);
                if (!attendee.isHere) {
                    all.remove(attendee.session);
                }
            }
            return left.isEmpty() ? null : left;
        });
    }

    private void callWorker() {
        if (working.getAndUpdate(count -> Math.min(MOST_WORKERS, count + 1)) < MOST_WORKERS) {
            workers.execute(this::work);
        }
    }

    private void work() {
        try {
            for (UserId user = waiting.poll(); user != null; user = waiting.poll()) {
                settle(user);
            }
        } catch (StoreException away) {
            // The others would wait for nothing, too: all of them are due with the next beat that reaches the store.
            waiting.clear();
            whenAway.accept(away);
        } finally {
            working.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            callWorker();
        }
    }

    private interface Noting {
        @Nullable
        Attendee note();
    }

    /** One session. */
    private static final class Attendee {
        private static final int NEVER = -1;

        private final UserId user;
        private final SessionId session;
        private volatile boolean isHere;
        /** In which life of the store it was told; guarded by the lock of the user. */
        private volatile int toldIn = NEVER;

        Attendee(UserId user, SessionId session) {
            this.user = user;
            this.session = session;
        }

        boolean isSettled(int life) {
            return isHere ? toldIn == life : toldIn == NEVER;
        }
    }
}
