package dev.realtime.runner.http;

import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a REST client is told when its request fails.
 *
 * @param kind in what way
 * @param message for people
 * @param details what is wrong field by field; left out when empty
 * @param timestamp when it failed
 * @param requestId finds the request in the log: the client's {@code X-Request-Id}, or a random one
 */
public record ErrorBody(Kind kind, String message, List<Detail> details, Instant timestamp, String requestId) {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The kinds of failure with their status and their constant fields. */
    public enum Kind {
        BAD_REQUEST(400, "BadRequestError", "ERR_1001", "CLIENT", "LOW"),
        UNAUTHORIZED(401, "UnauthorizedError", "ERR_1002", "AUTHENTICATION", "MEDIUM"),
        FORBIDDEN(403, "ForbiddenError", "ERR_1003", "AUTHORIZATION", "MEDIUM"),
        NOT_FOUND(404, "NotFoundError", "ERR_1004", "CLIENT", "LOW"),
        INVALID(422, "ValidationError", "ERR_1006", "CLIENT", "LOW"),
        UNAVAILABLE(503, "ServiceUnavailableError", "ERR_1007", "SERVER", "HIGH"),
        INTERNAL(500, "InternalServerError", "ERR_1000", "SERVER", "HIGH");

        private final int status;
        private final String error;
        private final String code;
        private final String category;
        private final String severity;

        Kind(int status, String error, String code, String category, String severity) {
            this.status = status;
            this.error = error;
            this.code = code;
            this.category = category;
            this.severity = severity;
        }
    }

    /** What is wrong with one field. */
    public record Detail(String field, String message, String code) {}

    /** Copies the list. */
    public ErrorBody {
        details = List.copyOf(details);
    }

    /** The failure of a request. */
    public static ErrorBody of(Kind kind, String message, Request request, Instant now) {
        String id = request.header("X-Request-Id")
                .filter(given -> REQUEST_ID.matcher(given).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        return new ErrorBody(kind, message, List.of(), now, id);
    }

    /** The same with these details. */
    public ErrorBody with(List<Detail> more) {
        return new ErrorBody(kind, message, more, timestamp, requestId);
    }

    /** The answer to send. */
    public Response response() {
        ObjectWriter body = Payload.object()
                .put("error", kind.error)
                .put("message", message)
                .put("code", kind.code)
                .put("category", kind.category)
                .put("severity", kind.severity);
        if (!details.isEmpty()) {
            body.put("details", details.stream().map(ErrorBody::json).toList());
        }
        body.put("timestamp", Timestamps.text(timestamp)).put("requestId", requestId);
        return Response.json(kind.status, body.end().toString());
    }

    private static Payload json(Detail detail) {
        return Payload.object()
                .put("field", detail.field())
                .put("message", detail.message())
                .put("code", detail.code())
                .end();
    }
}
