package dev.realtime.wire;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.InvalidValueException;
import dev.realtime.error.LimitExceededException;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.notification.NotificationNotFoundException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as clients read them: a fixed sentence and a code, never the text of an exception. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The answer for {@code cause}; {@code text} is the event's own sentence for failures that are not the client's. */
    static Payload of(Throwable cause, String text) {
        if (cause instanceof InvalidValueException invalid) {
            return writer("Invalid payload", invalid.code())
                    .put("field", invalid.field())
                    .end();
        }
        if (cause instanceof MissingFieldException missing) {
            return writer(missing.text(), missing.code()).end();
        }
        if (cause instanceof AccessDeniedException denied) {
            return writer("Access denied to this " + word(denied.subject()), denied.code())
                    .end();
        }
        if (cause instanceof LimitExceededException limit) {
            return writer("Too many " + word(limit.subject()), limit.code()).end();
        }
        if (cause instanceof NotificationNotFoundException absent) {
            return writer("Notification not found", absent.code()).end();
        }
        if (cause instanceof AuthenticationException refused) {
            return writer(refused.reason().text(), refused.code()).end();
        }
        return CallFailures.text(cause)
                .map(sentence ->
                        writer(sentence, ((RealtimeException) cause).code()).end())
                .orElseGet(() -> unexpected(cause, text));
    }

    static Payload tooFast(Duration retryAfter) {
        long millis = Math.max(1, retryAfter.plusNanos(999_999).toMillis());
        return writer("Rate limit exceeded", ErrorCode.RATE_LIMITED)
                .put("retryAfterMs", millis)
                .end();
    }

    static Payload unknownEvent() {
        return writer("Unknown event", ErrorCode.UNKNOWN_EVENT).end();
    }

    private static Payload unexpected(Throwable cause, String text) {
        if (cause instanceof RealtimeException known && known.code() == ErrorCode.UNAVAILABLE) {
            log.warn("{}: {}", text, known.getMessage());
            return writer(text, ErrorCode.UNAVAILABLE).end();
        }
        log.error("{}", text, cause);
        return writer(text, ErrorCode.INTERNAL).end();
    }

    private static ObjectWriter writer(String error, ErrorCode code) {
        return Payload.object().put("success", false).put("error", error).put("code", code.wire());
    }

    private static String word(Enum<?> subject) {
        return subject.name().toLowerCase(Locale.ROOT);
    }
}
