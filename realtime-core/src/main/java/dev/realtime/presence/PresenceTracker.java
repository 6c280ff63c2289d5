package dev.realtime.presence;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.error.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Knows who is there: users with a session on any node, what they say of themselves, and when those who are gone were
 * seen last. Its sessions hang on a lease that this node renews, so that nothing is left of a node that dies; a store
 * that forgot them gets them again with the next beat.
 *
 * <p>Any thread may call. {@link #arrived} and {@link #left} return at once; all else may block as long as the store
 * does, and fails with {@link StoreException} when it cannot be reached.
 */
public final class PresenceTracker implements AutoCloseable {
    /** How much the clocks of nodes may differ, when one ends the graces that another began. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private static final int STRIPES = 64;

    private final String node;
    private final PresenceStore store;
    private final PresencePolicy policy;
    private final PresenceListener listener;
    private final Clockwork clockwork;
    private final PresenceSettings settings;
    private final LongSupplier subscriptions;
    private final Announcements announcements;
    private final Attendance attendance;
    /** What is told of users whose sessions come and go, in order for each of them. */
    private final List<InOrder> news =
            Stream.generate(InOrder::new).limit(STRIPES).toList();

    private final Pulse pulse;
    private final AtomicBoolean isBeating = new AtomicBoolean();

    /** The presence of {@code node}, a name that no other has. {@code subscriptions} counts those of its sessions. */
    public PresenceTracker(
            String node,
            PresenceStore store,
            PresencePolicy policy,
            PresenceListener listener,
            Clockwork clockwork,
            PresenceSettings settings,
            LongSupplier subscriptions) {
        this.node = node;
        this.store = store;
        this.policy = policy;
        this.listener = listener;
        this.clockwork = clockwork;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.announcements = new Announcements(listener::changed, this::current, clockwork, settings.coalescing());
        this.attendance = new Attendance(new Registration(), clockwork.workers(), listener::failed);
        this.pulse = new Pulse(new Rhythm(), clockwork.timers(), settings.beat(), settings.grace());
    }

    /** Begins to live; once. */
    public void start() {
        pulse.start();
        clockwork.workers().execute(this::beat);
    }

    /** Lives no more: what is still here is left to the other nodes. */
    @Override
    public void close() {
        pulse.close();
    }

    /** The user has this session, perhaps again. */
    public void arrived(UserId user, SessionId session) {
        attendance.arrived(user, session);
    }

    /** The user does not have this session any more. */
    public void left(UserId user, SessionId session) {
        attendance.left(user, session);
    }

    /** The user, when known: those who are there, and those who were within the retention. */
    public Optional<Presence> find(UserId user) {
        return find(List.of(user)).stream().findFirst();
    }

    /** Those of the users who are known, in the order asked. */
    public List<Presence> find(Collection<UserId> users) {
        users.forEach(attendance::settle);
        return users.isEmpty() ? List.of() : store.find(users);
    }

    /** Those of the users whom {@code who} may see, known or not, in the order asked. */
    public List<UserId> visible(Principal who, Collection<UserId> users) {
        return users.stream().filter(user -> policy.maySee(who, user)).toList();
    }

    /** How often the listener was told of a change so far. */
    public long tellings() {
        return announcements.tellings();
    }

    /** Those of the users of whom the listener was told after so many tellings. */
    public List<UserId> toldSince(Collection<UserId> users, long before) {
        return announcements.toldSince(users, before);
    }

    /** Whether the user has a session, on any node, hidden or not. */
    public boolean isConnected(UserId user) {
        attendance.settle(user);
        return store.isConnected(user);
    }

    /**
     * What the user says. {@link Availability#OFFLINE} hides the user until another status is set. Without a session
     * only the words are taken, and nothing of a user who is not known.
     */
    public void setStatus(UserId user, Availability status, Optional<String> customStatus) {
        attendance.settle(user);
        store.setStatus(user, status, customStatus, now()).ifPresent(announcements::offer);
    }

    /** Whether the user is in a call, which is shown in place of the status meanwhile. */
    public void setInCall(UserId user, boolean isInCall) {
        attendance.settle(user);
        store.setInCall(user, isInCall, now()).ifPresent(announcements::offer);
    }

    /** Presence in numbers. */
    public PresenceStats stats() {
        return new PresenceStats(store.countOnline(), subscriptions.getAsLong());
    }

    /** Says that this node lives, and looks after those that do not. One at a time: a slow store gets no more of them. */
    private void beat() {
        if (!isBeating.compareAndSet(false, true)) {
            return;
        }
        try {
            Instant now = now();
            renew(now);
            attendance.retry();
            store.expire(now.minus(settings.lease())).forEach(this::lost);
            depart(now.minus(settings.grace()).minus(CLOCKS));
            store.forget(now.minus(settings.retention()));
        } catch (StoreException away) {
            listener.failed(away);
        } finally {
            announcements.sweep();
            isBeating.set(false);
        }
    }

    private void renew(Instant now) {
        if (!store.renew(node, now)) {
            attendance.forgotten();
        }
    }

    private void lost(Loss loss) {
        InOrder telling = news(loss.user());
        telling.add(() -> {
            listener.lost(loss.user(), loss.at());
            loss.change().ifPresent(announcements::offer);
        });
        telling.tell();
    }

    private void depart(Instant moment) {
        store.depart(moment).forEach(announcements::offer);
    }

    private void over(Instant lostAt) {
        try {
            depart(lostAt);
        } catch (StoreException away) {
            // The next beat that reaches the store ends this grace, too.
            listener.failed(away);
        }
    }

    private Optional<Presence> current(UserId user) {
        try {
            return store.find(List.of(user)).stream().findFirst();
        } catch (StoreException away) {
            return Optional.empty();
        }
    }

    private InOrder news(UserId user) {
        return news.get(Math.floorMod(user.hashCode(), STRIPES));
    }

    private Instant now() {
        return clockwork.time().instant();
    }

    /** What the store is told of sessions, and what others hear of it. */
    private final class Registration implements Attendance.Register {
        @Override
        public void arrive(UserId user, SessionId session) {
            Arrival arrival = add(user, session)
                    .or(() -> {
                        renew(now());
                        return add(user, session);
                    })
                    .orElseThrow(() -> new StoreException("node " + node + " was lost between two calls"));
            news(user).add(() -> {
                if (arrival.isReturn()) {
                    listener.returned(user);
                }
                arrival.change().ifPresent(announcements::offer);
            });
        }

        @Override
        public void leave(UserId user, SessionId session) {
            Instant now = now();
            if (store.release(new Lease(node, session), user, now)) {
                news(user).add(() -> listener.lost(user, now));
                pulse.expect(now);
            }
        }

        @Override
        public void told(UserId user) {
            news(user).tell();
        }

        private Optional<Arrival> add(UserId user, SessionId session) {
            return store.add(new Lease(node, session), user, now());
        }
    }

    private final class Rhythm implements Pulse.Rhythm {
        @Override
        public void beat() {
            clockwork.workers().execute(PresenceTracker.this::beat);
        }

        @Override
        public void over(Instant lostAt) {
            clockwork.workers().execute(() -> PresenceTracker.this.over(lostAt));
        }
    }
}
