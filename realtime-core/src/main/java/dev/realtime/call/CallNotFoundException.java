package dev.realtime.call;

import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** There is no such call, or it is over. */
public final class CallNotFoundException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** The call that {@code message} names does not live. */
    public CallNotFoundException(String message) {
        super(ErrorCode.NOT_FOUND, message);
    }
}
