package dev.realtime.json;

/** Text that is not JSON, or JSON beyond the bounds of {@link Payload}. The message never repeats the text. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message) {
        super(message, null, false, false);
    }
}
