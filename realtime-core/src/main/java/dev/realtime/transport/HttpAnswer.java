package dev.realtime.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP response, whole. Its body is shared, not copied: nobody may change it.
 *
 * @param status the status code
 * @param headers each with its one value; length and connection are the adapter's business
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    /** Copies the headers. */
    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** An answer that is a status and nothing else. */
    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), NOTHING);
    }

    /** A JSON body; never stored by caches. */
    public static HttpAnswer json(int status, String json) {
        return new HttpAnswer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** What a refused handshake is told. */
    public static HttpAnswer of(Refusal refusal) {
        HttpAnswer answer = json(refusal.status(), refusal.body());
        return refusal.retryAfter()
                .map(wait -> answer.with("Retry-After", Long.toString(seconds(wait))))
                .orElse(answer);
    }

    /** The same answer with one more header. */
    public HttpAnswer with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same answer with more headers. */
    public HttpAnswer with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new HttpAnswer(status, all, body);
    }

    /** Whole seconds (RFC 9110 section 10.2.3); a wait is never shortened. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
