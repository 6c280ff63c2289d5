package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import java.util.Optional;

/**
 * A call that somebody wants to begin.
 *
 * @param callee whom to ring
 * @param visit the visit it belongs to
 * @param type what it is to carry
 * @param metadata an object for whoever is rung
 */
public record NewCall(UserId callee, Optional<VisitId> visit, Optional<CallType> type, Optional<Payload> metadata) {

    /** A call of no visit and no type. */
    public static NewCall to(UserId callee) {
        return new NewCall(callee, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
