package dev.realtime.error;

/** A store could not be reached or could not do its work; nothing was changed, and trying again makes sense. */
public class StoreException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** A failure of the store itself. */
    public StoreException(String message) {
        super(ErrorCode.UNAVAILABLE, message);
    }

    /** A failure with the store's own exception as cause. */
    public StoreException(String message, Throwable cause) {
        super(ErrorCode.UNAVAILABLE, message, cause);
    }
}
