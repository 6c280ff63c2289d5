package dev.realtime.call;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a call was over.
 *
 * @param at when, to the millisecond
 * @param by the party that ended it or is gone; empty when it was rejected or missed
 * @param reason why: what the callee has said, or {@link #DISCONNECT}
 * @param seconds how long the parties have talked, in whole seconds
 */
public record Ending(Instant at, Optional<UserId> by, Optional<String> reason, long seconds) {
    /** The reason of a call that is over because a party is gone. */
    public static final String DISCONNECT = "disconnect";

    /** Checks that the duration is not negative. */
    public Ending {
        if (seconds < 0) {
            throw new IllegalArgumentException("nobody talks for less than no time");
        }
    }

    static Ending of(Instant at) {
        return new Ending(at, Optional.empty(), Optional.empty(), 0);
    }
}
