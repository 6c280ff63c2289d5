package dev.realtime.runner.http;

import java.util.List;

/** A page does not do what was asked. {@link Routes} turns it into the answer it describes; it is no error of ours. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorBody.Kind kind;

    @SuppressWarnings("serial") // an unmodifiable list of records; never serialised
    private final List<ErrorBody.Detail> details;

    /** Refuses with a message for the client. */
    public RefusedException(ErrorBody.Kind kind, String message) {
        this(kind, message, List.of());
    }

    /** Refuses with a message and with what is wrong field by field. */
    public RefusedException(ErrorBody.Kind kind, String message, List<ErrorBody.Detail> details) {
        super(message, null, false, false);
        this.kind = kind;
        this.details = List.copyOf(details);
    }

    ErrorBody body(Request request, java.time.Instant now) {
        return ErrorBody.of(kind, String.valueOf(getMessage()), request, now).with(details);
    }
}
