package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A call that is over, as it is kept. Moments are to the millisecond.
 *
 * @param id its id
 * @param caller who rang
 * @param callee who was rung
 * @param visit the visit it belongs to
 * @param type what it was to carry
 * @param state how it was over
 * @param startedAt when it began
 * @param answeredAt when the callee answered
 * @param ending when and how it was over
 * @param quality what the parties have reported of it
 */
public record CallRecord(
        CallId id,
        UserId caller,
        UserId callee,
        Optional<VisitId> visit,
        Optional<CallType> type,
        CallState state,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Ending ending,
        CallQuality quality) {
    /** The order of a history: the last that began comes first; of several in one millisecond, the greatest id. */
    public static final Comparator<CallRecord> NEWEST_FIRST = Comparator.comparing(CallRecord::startedAt)
            .thenComparing(record -> record.id().value())
            .reversed();

    /** Checks that it is over. */
    public CallRecord {
        if (!state.isOver()) {
            throw new IllegalArgumentException("a call that is " + state + " is not over");
        }
    }

    /** What is kept of a call that is over. */
    public static CallRecord of(Call call) {
        Invitation invitation = call.invitation();
        return new CallRecord(
                call.id(),
                call.caller(),
                call.callee(),
                invitation.visit(),
                invitation.type(),
                call.state(),
                call.startedAt(),
                call.answeredAt(),
                call.over(),
                call.quality());
    }

    /** Whether the user was the caller or the callee. */
    public boolean hasParty(UserId user) {
        return caller.equals(user) || callee.equals(user);
    }
}
