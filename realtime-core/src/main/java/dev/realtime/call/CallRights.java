package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.AccessDeniedException.Subject;
import dev.realtime.visit.VisitDirectory;

/**
 * Who may ring whom. Safe for many threads; asks the host, so it may block.
 *
 * @param policy who may ring whom outside of a visit
 * @param visits who takes part in which visit
 */
public record CallRights(CallPolicy policy, VisitDirectory visits) {

    /**
     * The right to begin the call.
     *
     * @throws AccessDeniedException without it
     */
    void requireToCall(Principal caller, NewCall call) {
        if (call.visit().isPresent()) {
            requireVisit(caller, call.callee(), call.visit().get());
        } else if (!policy.mayCall(caller, call.callee())) {
            throw new AccessDeniedException(
                    Subject.USER, "user " + caller.user() + " has no right to ring " + call.callee());
        }
    }

    /** An admin may ring those who take part without taking part. */
    private void requireVisit(Principal caller, UserId callee, VisitId visit) {
        boolean mayCall =
                visits.isParticipant(visit, callee) && (caller.isAdmin() || visits.isParticipant(visit, caller.user()));
        if (!mayCall) {
            throw new AccessDeniedException(
                    Subject.VISIT, "user " + caller.user() + " and " + callee + " have no calls in visit " + visit);
        }
    }
}
