package dev.realtime.visit;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Visits entered by hand, for trials and tests. Safe for many threads; only the host adds to it. */
public final class InMemoryVisitDirectory implements VisitDirectory {
    private final Map<VisitId, Visit> visits = new ConcurrentHashMap<>();

    /** An empty directory. */
    public InMemoryVisitDirectory() {}

    /** Enters the visit, in place of one with the same id. */
    public void put(Visit visit) {
        visits.put(visit.id(), visit);
    }

    @Override
    public Optional<Visit> find(VisitId id) {
        return Optional.ofNullable(visits.get(id));
    }

    @Override
    public List<VisitId> visitsOf(UserId user, int limit) {
        return visits.values().stream()
                .filter(visit -> visit.hasParticipant(user))
                .sorted(Comparator.comparing(Visit::createdAt).reversed())
                .limit(limit)
                .map(Visit::id)
                .toList();
    }
}
