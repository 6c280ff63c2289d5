package dev.realtime.visit;

import dev.realtime.address.VisitId;
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
}
