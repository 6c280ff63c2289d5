package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Refresh families that last as long as the process. Safe for many threads. */
public final class InMemoryRefreshFamilyStore implements RefreshFamilyStore {
    private final Map<String, RefreshFamily> families = new ConcurrentHashMap<>();

    /** An empty store. */
    public InMemoryRefreshFamilyStore() {}

    @Override
    public synchronized void insert(RefreshFamily family, Instant now) {
        families.values().removeIf(old -> !old.expiresAt().isAfter(now));
        List<RefreshFamily> own = families.values().stream()
                .filter(other -> other.user().equals(family.user()))
                .sorted(Comparator.comparing(RefreshFamily::expiresAt).thenComparing(RefreshFamily::id))
                .toList();
        own.stream().limit(Math.max(0, own.size() - MAX_PER_USER + 1)).forEach(old -> remove(old.id()));
        families.put(family.id(), family);
    }

    @Override
    public Optional<RefreshFamily> find(String id) {
        return Optional.ofNullable(families.get(id));
    }

    @Override
    public boolean replace(RefreshFamily current, RefreshFamily next) {
        return families.replace(current.id(), current, next);
    }

    @Override
    public void remove(String id) {
        families.remove(id);
    }

    @Override
    public void removeAll(UserId user) {
        families.values().removeIf(family -> family.user().equals(user));
    }
}
