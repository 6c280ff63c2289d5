package dev.realtime.visit;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import java.util.List;
import java.util.Optional;

/**
 * Knows which users take part in a visit. Called on worker threads, where it may block; safe for many of them. A
 * directory that throws counts as not knowing the visit's participants: nobody is let in.
 */
@FunctionalInterface
public interface VisitDirectory {

    /** The visit with this id; empty when there is none. */
    Optional<Visit> find(VisitId id);

    /**
     * The visits in which the user takes part, at most {@code limit} of them, the newest first. A directory that cannot
     * tell answers with none; the rooms of these visits are then missing where a user's rooms are listed.
     */
    default List<VisitId> visitsOf(UserId user, int limit) {
        return List.of();
    }

    /** Whether the visit exists and the user takes part in it. */
    default boolean isParticipant(VisitId id, UserId user) {
        return find(id).filter(visit -> visit.hasParticipant(user)).isPresent();
    }
}
