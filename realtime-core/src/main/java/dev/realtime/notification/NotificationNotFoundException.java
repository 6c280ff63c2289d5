package dev.realtime.notification;

import dev.realtime.address.UserId;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** The inbox of the user has no such notification; that of somebody else may. */
public final class NotificationNotFoundException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** {@code what} was asked for in the inbox of {@code user}. */
    public NotificationNotFoundException(UserId user, String what) {
        super(ErrorCode.NOT_FOUND, "user " + user + " has no " + what);
    }
}
