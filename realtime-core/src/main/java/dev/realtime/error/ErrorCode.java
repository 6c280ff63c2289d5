package dev.realtime.error;

/** Why something was refused or failed. Clients see {@link #wire()}; the names on the wire never change. */
public enum ErrorCode {
    INVALID_PAYLOAD("invalid_payload"),
    MISSING_FIELD("missing_field"),
    UNKNOWN_EVENT("unknown_event"),
    RATE_LIMITED("rate_limited"),
    ACCESS_DENIED("access_denied"),
    NOT_FOUND("not_found"),
    LIMIT_EXCEEDED("limit_exceeded"),
    NOT_A_PARTY("not_a_party"),
    INVALID_STATE("invalid_state"),
    SELF_CALL("self_call"),
    USER_BUSY("user_busy"),
    NO_TOKEN("no_token"),
    INVALID_TOKEN("invalid_token"),
    TOKEN_EXPIRED("token_expired"),
    VERIFICATION_FAILED("verification_failed"),
    TOKEN_USER_MISMATCH("token_user_mismatch"),
    TOO_MANY_CONNECTIONS("too_many_connections"),
    SERVER_DRAINING("server_draining"),
    UNAVAILABLE("unavailable"),
    INTERNAL("internal");

    private final String wire;

    ErrorCode(String wire) {
        this.wire = wire;
    }

    /** The code as clients read it in the field {@code code} of a failure. */
    public String wire() {
        return wire;
    }
}
