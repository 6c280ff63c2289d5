package dev.realtime.error;

/**
 * Something that was asked for and not done. The {@link #code()} is for programs and stable; the message is for the
 * people who read logs, and is never sent to a client.
 */
public class RealtimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** A refusal or failure with its reason. */
    public RealtimeException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** A failure with what caused it. */
    public RealtimeException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Why, in a form that is stable on the wire. */
    public final ErrorCode code() {
        return code;
    }
}
