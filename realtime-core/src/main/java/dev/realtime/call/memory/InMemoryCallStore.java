package dev.realtime.call.memory;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.Call;
import dev.realtime.call.CallStats;
import dev.realtime.call.CallStore;
import dev.realtime.error.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls in memory, for one node. Safe for many threads. When it is full, the one of the calls that are over which has
 * waited longest for its record makes room for a new one; when all live, a new one is refused.
 */
public final class InMemoryCallStore implements CallStore {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    /** Changed under the lock, read without it. */
    private final Map<CallId, Call> calls = new ConcurrentHashMap<>();

    private final Map<UserId, Set<CallId>> byUser = new HashMap<>();
    private final NavigableMap<Instant, Set<CallId>> byDeadline = new TreeMap<>();
    private final Set<CallId> over = new LinkedHashSet<>();

    /** At most 100,000 calls. */
    public InMemoryCallStore() {
        this(100_000);
    }

    /** At most {@code capacity} calls. */
    public InMemoryCallStore(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void insert(Call call) {
        locked(() -> add(call));
    }

    @Override
    public boolean insertAlone(Call call) {
        return locked(() -> {
            boolean isAlone = ofUser(call.caller()).stream()
                    .noneMatch(other -> other.isRinging() && other.hasParty(call.callee()));
            return isAlone && add(call);
        });
    }

    @Override
    public boolean replace(Call current, Call next) {
        return locked(() -> {
            Call known = calls.get(current.id());
            if (known == null || known.version() != current.version()) {
                return false;
            }
            unindex(known);
            enter(next);
            return true;
        });
    }

    @Override
    public void remove(CallId id) {
        locked(() -> {
            Call known = calls.get(id);
            if (known != null) {
                forget(known);
            }
            return true;
        });
    }

    @Override
    public Optional<Call> find(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }

    @Override
    public List<Call> callsOf(UserId user) {
        return locked(() -> ofUser(user));
    }

    @Override
    public List<Call> due(Instant now, int limit) {
        return locked(() -> byDeadline.headMap(now, true).values().stream()
                .flatMap(Collection::stream)
                .limit(limit)
                .flatMap(id -> find(id).stream())
                .toList());
    }

    @Override
    public CallStats stats() {
        return CallStats.of(calls.values());
    }

    private List<Call> ofUser(UserId user) {
        List<Call> found = new ArrayList<>();
        byUser.getOrDefault(user, Set.of()).forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    private boolean add(Call call) {
        if (calls.size() >= capacity) {
            CallId oldest = over.stream()
                    .findFirst()
                    .orElseThrow(() -> new StoreException("there are " + capacity + " calls, as many as fit"));
            find(oldest).ifPresent(this::forget);
        }
        enter(call);
        return true;
    }

    /** In one step for those who read without the lock: at no moment is a call missing that is only replaced. */
    private void enter(Call call) {
        calls.put(call.id(), call);
        index(call);
    }

    private void forget(Call call) {
        calls.remove(call.id());
        unindex(call);
    }

    private void index(Call call) {
        CallId id = call.id();
        call.invitation().parties().forEach(user -> with(byUser, user, id));
        call.deadline().ifPresent(at -> with(byDeadline, at, id));
        if (call.isOver()) {
            over.add(id);
        }
    }

    private void unindex(Call call) {
        CallId id = call.id();
        call.invitation().parties().forEach(user -> without(byUser, user, id));
        call.deadline().ifPresent(at -> without(byDeadline, at, id));
        over.remove(id);
    }

    private static <K> void with(Map<K, Set<CallId>> index, K key, CallId id) {
        index.computeIfAbsent(key, absent -> new LinkedHashSet<>()).add(id);
    }

    private static <K> void without(Map<K, Set<CallId>> index, K key, CallId id) {
        index.computeIfPresent(key, (same, ids) -> left(ids, id));
    }

    private static @Nullable Set<CallId> left(Set<CallId> ids, CallId id) {
        ids.remove(id);
        return ids.isEmpty() ? null : ids;
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
