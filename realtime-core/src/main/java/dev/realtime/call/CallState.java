package dev.realtime.call;

import java.util.Map;
import java.util.Set;

/** How far a call has come, and how far it may go from there. */
public enum CallState {
    /** The callee is being rung. */
    RINGING,
    /** The callee has answered, a moment ago. */
    ACCEPTED,
    /** The parties talk. */
    IN_PROGRESS,
    /** The callee did not want to. */
    REJECTED,
    /** Nobody has answered. */
    MISSED,
    /** A party has ended it, or is gone. */
    ENDED;

    private static final Map<CallState, Set<CallState>> NEXT = Map.of(
            RINGING, Set.of(ACCEPTED, REJECTED, MISSED, ENDED),
            ACCEPTED, Set.of(IN_PROGRESS, ENDED),
            IN_PROGRESS, Set.of(ENDED),
            REJECTED, Set.of(),
            MISSED, Set.of(),
            ENDED, Set.of());

    /** Whether a call in this state can be in that one next. */
    public boolean mayBecome(CallState next) {
        return next().contains(next);
    }

    /** Whether nothing comes after it. */
    public boolean isOver() {
        return next().isEmpty();
    }

    /** Whether the parties talk, or are about to. */
    public boolean isAnswered() {
        return this == ACCEPTED || this == IN_PROGRESS;
    }

    private Set<CallState> next() {
        return NEXT.getOrDefault(this, Set.of());
    }
}
