package dev.realtime.call;

import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** The call has come too far for that. */
public final class CallStateException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    private final CallDeed deed;
    private final CallState state;

    CallStateException(CallDeed deed, Call call) {
        super(ErrorCode.INVALID_STATE, deed + " is too late for " + call);
        this.deed = deed;
        this.state = call.state();
    }

    /** What was wanted. */
    public CallDeed deed() {
        return deed;
    }

    /** Where the call is. */
    public CallState state() {
        return state;
    }
}
