package dev.realtime.visit;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import java.time.Instant;

/**
 * An appointment between two users.
 *
 * @param id its id in the host application
 * @param patient the user who is treated
 * @param provider the user who treats
 * @param createdAt when it was entered here, to the millisecond
 */
public record Visit(VisitId id, UserId patient, UserId provider, Instant createdAt) {

    /** Whether the user takes part, as patient or as provider. */
    public boolean hasParticipant(UserId user) {
        return patient.equals(user) || provider.equals(user);
    }
}
