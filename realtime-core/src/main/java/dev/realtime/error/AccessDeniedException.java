package dev.realtime.error;

/** The user has no right to the thing that was asked for. */
public final class AccessDeniedException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** What was refused; clients are told the kind, never more. */
    public enum Subject {
        ROOM,
        CONVERSATION,
        VISIT,
        USER
    }

    private final Subject subject;

    /** Access to {@code subject} was refused; {@code message} says to whom and which one. */
    public AccessDeniedException(Subject subject, String message) {
        super(ErrorCode.ACCESS_DENIED, message);
        this.subject = subject;
    }

    /** The kind of thing that was refused. */
    public Subject subject() {
        return subject;
    }
}
