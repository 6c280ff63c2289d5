package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** Nobody can ring oneself. */
public final class SelfCallException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    SelfCallException(UserId user) {
        super(ErrorCode.SELF_CALL, "user " + user + " cannot be both parties of a call");
    }
}
