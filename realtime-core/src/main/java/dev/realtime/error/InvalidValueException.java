package dev.realtime.error;

/** A value is of the wrong type, missing, too long or outside its set. */
public final class InvalidValueException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** The value of {@code field} is not acceptable, for the reason in {@code message}. */
    public InvalidValueException(String field, String message) {
        super(ErrorCode.INVALID_PAYLOAD, field + " " + message);
        this.field = field;
    }

    /** The name of the field, as the client wrote it. */
    public String field() {
        return field;
    }
}
