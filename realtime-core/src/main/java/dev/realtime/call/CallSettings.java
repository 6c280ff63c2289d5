package dev.realtime.call;

import java.time.Duration;

/**
 * Rules and bounds of calls.
 *
 * @param ringTimeout how long a call rings before it is missed
 * @param disconnectGrace how long a party may be without a live session before the call is over
 * @param progressDelay how long after the answer a call is in progress
 * @param issuePause how long a party is not told again of the same issue of a call
 * @param busy whether somebody who talks is rung
 * @param openPerCaller how many calls one user may have begun that are not over
 * @param recordPatience how long the record of a call waits for a store that is away, before it is given up
 * @param ice the servers through which the media of clients find their way
 */
public record CallSettings(
        Duration ringTimeout,
        Duration disconnectGrace,
        Duration progressDelay,
        Duration issuePause,
        BusyPolicy busy,
        int openPerCaller,
        Duration recordPatience,
        IceSettings ice) {
    /** 30 s, 15 s, 1 s, 10 s; everybody is rung; 100 calls; an hour. */
    public static final CallSettings DEFAULTS = new CallSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            BusyPolicy.RING,
            100,
            Duration.ofHours(1),
            IceSettings.DEFAULTS);

    /** Checks that nothing is negative, and that there can be a call at all. */
    public CallSettings {
        if (ringTimeout.isNegative()
                || ringTimeout.isZero()
                || disconnectGrace.isNegative()
                || progressDelay.isNegative()
                || issuePause.isNegative()
                || recordPatience.isNegative()
                || openPerCaller < 1) {
            throw new IllegalArgumentException("calls ring for some time, and a user can begin at least one");
        }
    }

    /** These settings, but for whether somebody who talks is rung. */
    public CallSettings with(BusyPolicy other) {
        return new CallSettings(
                ringTimeout, disconnectGrace, progressDelay, issuePause, other, openPerCaller, recordPatience, ice);
    }

    /** These settings, but for the servers of the media. */
    public CallSettings with(IceSettings other) {
        return new CallSettings(
                ringTimeout, disconnectGrace, progressDelay, issuePause, busy, openPerCaller, recordPatience, other);
    }

    /** Whether somebody who talks is rung. */
    public enum BusyPolicy {
        /** Everybody is, always. */
        RING,
        /** Nobody is who talks, nor who rings or is rung by the same user already. */
        REFUSE
    }
}
