package dev.realtime.presence;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The presence of one node, or of several in one JVM, in its memory: bounded by the sessions there are and by how many
 * offline users it remembers. Safe for many threads; one lock guards everything.
 */
public final class InMemoryPresenceStore implements PresenceStore {
    private static final int MOST_OFFLINE = 100_000;
    private static final Comparator<Known> LONGEST_FIRST =
            Comparator.comparing(Known::lostAt).thenComparing(Known::user);

    private final Lock lock = new ReentrantLock();
    private final int mostOffline;
    private final Map<UserId, Known> users = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    /** Those who lost their last session and may come back. */
    private final TreeSet<Known> leaving = new TreeSet<>(LONGEST_FIRST);

    private final TreeSet<Known> offline = new TreeSet<>(LONGEST_FIRST);
    private long online;

    /** An empty store that remembers 100,000 users who are offline. */
    public InMemoryPresenceStore() {
        this(MOST_OFFLINE);
    }

    /** An empty store that remembers so many users who are offline; beyond it who was lost longest ago is forgotten. */
    public InMemoryPresenceStore(int mostOffline) {
        this.mostOffline = mostOffline;
    }

    @Override
    public boolean renew(String name, Instant now) {
        return locked(() -> {
            Node known = nodes.putIfAbsent(name, new Node(now));
            if (known != null && now.isAfter(known.beat)) {
                known.beat = now;
            }
            return known != null;
        });
    }

    @Override
    public Optional<Arrival> add(Lease lease, UserId user, Instant now) {
        return locked(() -> {
            Node node = nodes.get(lease.node());
            if (node == null) {
                return Optional.empty();
            }
            node.sessions.put(lease.session(), user);
            Known known = users.computeIfAbsent(user, first -> new Known(user, now));
            boolean isReturn = !known.isConnected();
            leaving.remove(known);
            offline.remove(known);
            return Optional.of(new Arrival(isReturn, change(known, now, it -> it.add(lease, now))));
        });
    }

    @Override
    public boolean release(Lease lease, UserId user, Instant now) {
        return locked(() -> {
            Node node = nodes.get(lease.node());
            Known known = users.get(user);
            if (node == null
                    || known == null
                    || !node.sessions.remove(lease.session(), user)
                    || !known.release(lease, now)) {
                return false;
            }
            leaving.add(known);
            return true;
        });
    }

    @Override
    public List<Change> depart(Instant moment) {
        return locked(() -> {
            List<Change> changes = new ArrayList<>();
            for (Known known : until(leaving, moment)) {
                leaving.remove(known);
                depart(known, moment).ifPresent(changes::add);
            }
            return changes;
        });
    }

    @Override
    public List<Loss> expire(Instant moment) {
        return locked(() -> {
            List<Loss> losses = new ArrayList<>();
            Iterator<Map.Entry<String, Node>> all = nodes.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<String, Node> next = all.next();
                if (!next.getValue().beat.isAfter(moment)) {
                    all.remove();
                    end(next.getKey(), next.getValue(), losses);
                }
            }
            return losses;
        });
    }

    private void end(String name, Node node, List<Loss> losses) {
        node.sessions.forEach((session, user) -> {
            Known known = users.get(user);
            if (known != null && known.release(new Lease(name, session), node.beat)) {
                losses.add(new Loss(user, node.beat, depart(known, node.beat)));
            }
        });
    }

    @Override
    public Optional<Change> setStatus(UserId user, Availability status, Optional<String> customStatus, Instant now) {
        return locked(() -> change(user, now, it -> it.set(status, customStatus, now)));
    }

    @Override
    public Optional<Change> setInCall(UserId user, boolean isInCall, Instant now) {
        return locked(() -> change(user, now, it -> it.setInCall(isInCall, now)));
    }

    @Override
    public List<Presence> find(Collection<UserId> wanted) {
        return locked(() -> wanted.stream()
                .flatMap(user -> Optional.ofNullable(users.get(user)).stream())
                .map(this::seen)
                .toList());
    }

    @Override
    public boolean isConnected(UserId user) {
        return locked(() ->
                Optional.ofNullable(users.get(user)).filter(Known::isConnected).isPresent());
    }

    @Override
    public void forget(Instant moment) {
        locked(() -> {
            until(offline, moment).forEach(this::forget);
            return true;
        });
    }

    @Override
    public long countOnline() {
        return locked(() -> online);
    }

    private Optional<Change> depart(Known known, Instant moment) {
        Optional<Change> change = change(known, moment, Known::depart);
        offline.add(known);
        if (offline.size() > mostOffline) {
            forget(offline.first());
        }
        return change;
    }

    private void forget(Known known) {
        offline.remove(known);
        users.remove(known.user());
    }

    private Optional<Change> change(UserId user, Instant now, Consumer<Known> step) {
        return Optional.ofNullable(users.get(user)).flatMap(known -> change(known, now, step));
    }

    /** Does it, and tells what others see of it. */
    private Optional<Change> change(Known known, Instant now, Consumer<Known> step) {
        Presence before = seen(known);
        step.accept(known);
        Presence after = seen(known);
        online += (after.isOnline() ? 1 : 0) - (before.isOnline() ? 1 : 0);
        return after.looksLike(before) ? Optional.empty() : Optional.of(new Change(after, known.nextVersion(now)));
    }

    private Presence seen(Known known) {
        return known.seen(name -> {
            Node node = nodes.get(name);
            return node == null ? Instant.MIN : node.beat;
        });
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private static List<Known> until(SortedSet<Known> waiting, Instant moment) {
        return waiting.stream()
                .takeWhile(known -> !known.lostAt().isAfter(moment))
                .toList();
    }

    private static final class Node {
        private final Map<SessionId, UserId> sessions = new HashMap<>();
        private Instant beat;

        Node(Instant beat) {
            this.beat = beat;
        }
    }
}
