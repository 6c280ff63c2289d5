package dev.realtime.error;

/** A bound of one session or user was reached; nothing was changed. */
public final class LimitExceededException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** What there were too many of. */
    public enum Subject {
        ROOMS,
        SUBSCRIPTIONS
    }

    private final Subject subject;

    /** There would be more than {@code limit} of {@code subject}. */
    public LimitExceededException(Subject subject, int limit) {
        super(ErrorCode.LIMIT_EXCEEDED, "more than " + limit + " " + subject);
        this.subject = subject;
    }

    /** What there were too many of. */
    public Subject subject() {
        return subject;
    }
}
