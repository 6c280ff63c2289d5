package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** One of the two has calls enough. */
public final class UserBusyException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    UserBusyException(UserId user) {
        super(ErrorCode.USER_BUSY, "user " + user + " has calls enough");
    }
}
