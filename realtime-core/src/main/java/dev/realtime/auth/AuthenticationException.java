package dev.realtime.auth;

import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** Credentials that do not prove who the client is. */
public final class AuthenticationException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    /** In what way they fall short; clients are told no more than this. */
    public enum Reason {
        NO_TOKEN(ErrorCode.NO_TOKEN, "Authentication error: No token provided"),
        TOKEN_EXPIRED(ErrorCode.TOKEN_EXPIRED, "Authentication error: Token expired"),
        INVALID_TOKEN(ErrorCode.INVALID_TOKEN, "Authentication error: Invalid token"),
        VERIFICATION_FAILED(ErrorCode.VERIFICATION_FAILED, "Authentication error: Token verification failed"),
        /** Of a token that is to replace another. */
        TOKEN_USER_MISMATCH(ErrorCode.TOKEN_USER_MISMATCH, "Token belongs to another user");

        private final ErrorCode code;
        private final String text;

        Reason(ErrorCode code, String text) {
            this.code = code;
            this.text = text;
        }

        /** The sentence clients rely on. */
        public String text() {
            return text;
        }
    }

    private final Reason reason;

    /** Refused for {@code reason}; {@code detail} is for the log and never holds a token. */
    public AuthenticationException(Reason reason, String detail) {
        super(reason.code, detail);
        this.reason = reason;
    }

    /** In what way the credentials fall short. */
    public Reason reason() {
        return reason;
    }
}
