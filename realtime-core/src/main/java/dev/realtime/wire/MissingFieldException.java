package dev.realtime.wire;

import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;

/** A field is missing that has a sentence of its own for that. */
final class MissingFieldException extends RealtimeException {
    private static final long serialVersionUID = 1L;

    MissingFieldException(String text) {
        super(ErrorCode.MISSING_FIELD, text);
    }

    /** The sentence, which here is fixed and made for clients. */
    String text() {
        return String.valueOf(getMessage());
    }
}
