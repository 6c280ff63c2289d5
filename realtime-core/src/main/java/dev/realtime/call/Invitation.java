package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a call is from its first moment on.
 *
 * @param id its id
 * @param caller who rings
 * @param callerRole the caller's role then
 * @param parties the caller and who is rung
 * @param visit the visit it belongs to
 * @param type what it is to carry, when the caller has said so
 * @param metadata an object of the caller for whoever is rung
 * @param at when it began, to the millisecond
 */
public record Invitation(
        CallId id,
        UserId caller,
        String callerRole,
        Set<UserId> parties,
        Optional<VisitId> visit,
        Optional<CallType> type,
        Optional<Payload> metadata,
        Instant at) {

    /** Checks that the caller is one of two parties. */
    public Invitation {
        parties = Set.copyOf(parties);
        if (parties.size() != 2 || !parties.contains(caller)) {
            throw new IllegalArgumentException("a call has two parties, and the caller is one of them");
        }
    }

    /** Who is rung. */
    public UserId callee() {
        return other(caller);
    }

    /** The party that is not this one. */
    UserId other(UserId party) {
        return parties.stream()
                .filter(user -> !user.equals(party))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a call has two parties"));
    }

    /** The same, for when nobody is rung any more. */
    Invitation withoutMetadata() {
        return metadata.isEmpty()
                ? this
                : new Invitation(id, caller, callerRole, parties, visit, type, Optional.empty(), at);
    }
}
