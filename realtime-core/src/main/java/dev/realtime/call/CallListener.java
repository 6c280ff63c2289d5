package dev.realtime.call;

/**
 * Hears what happens in calls, after it was stored. Called on worker threads, on the node that has made it happen, once
 * for each. A listener that throws costs a log line.
 */
public interface CallListener {

    /** The callee is rung. */
    default void ringing(Call call) {}

    /** The callee has answered on that device. */
    default void accepted(Call call, Device answering) {}

    /** The callee does not want to, said on that device. */
    default void rejected(Call call, Device answering) {}

    /** A party has ended the call, or is gone; {@link Call#over()} says which and how. */
    default void ended(Call call) {}

    /** Nobody has answered in time. */
    default void missed(Call call) {}

    /** A party says something to the other. */
    default void signaled(Call call, Signal signal) {}

    /** Something is wrong with the call on the reporter's side, and the other party has not been told of late. */
    default void degraded(Call call, Device reporter, QualityReport report, QualityIssue issue) {}
}
