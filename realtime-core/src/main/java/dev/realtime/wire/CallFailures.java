package dev.realtime.wire;

import dev.realtime.call.CallDeed;
import dev.realtime.call.CallNotFoundException;
import dev.realtime.call.CallStateException;
import dev.realtime.call.NotAPartyException;
import dev.realtime.call.SelfCallException;
import dev.realtime.call.UserBusyException;
import java.util.Optional;

/** What clients read when something cannot be done with a call. */
final class CallFailures {
    private CallFailures() {}

    /** The sentence for the refusal; empty for what is none of calls. */
    static Optional<String> text(Throwable cause) {
        if (cause instanceof CallNotFoundException) {
            return Optional.of("Call not found");
        }
        if (cause instanceof NotAPartyException stranger) {
            return Optional.of("Not authorized to " + deed(stranger.deed()) + " call");
        }
        if (cause instanceof CallStateException late) {
            return Optional.of("Cannot " + verb(late.deed()) + " call in " + CallJson.word(late.state()) + " state");
        }
        if (cause instanceof SelfCallException) {
            return Optional.of("Cannot call yourself");
        }
        return cause instanceof UserBusyException ? Optional.of("User is busy") : Optional.empty();
    }

    private static String deed(CallDeed deed) {
        return switch (deed) {
            case ACCEPT, REJECT, END -> verb(deed) + " this";
            case SIGNAL -> "signal in this";
            case REPORT -> "report on this";
        };
    }

    private static String verb(CallDeed deed) {
        return CallJson.lower(deed);
    }
}
