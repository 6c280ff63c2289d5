package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** The user is not the one who may do this with the call. */
public final class NotAPartyException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    private final CallDeed deed;

    NotAPartyException(CallDeed deed, UserId user, Call call) {
        super(ErrorCode.NOT_A_PARTY, "user " + user + " has no right to " + deed + " in " + call);
        this.deed = deed;
    }

    /** What the user wanted to do. */
    public CallDeed deed() {
        return deed;
    }
}
