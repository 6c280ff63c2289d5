package dev.realtime.runner.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP response, whole. Its body is shared, not copied: nobody may change it. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Response(int status, Map<String, String> headers, byte[] body) {

    /** Copies the headers. */
    public Response {
        headers = Map.copyOf(headers);
    }

    /** A JSON body; never stored by caches. */
    public static Response json(int status, String json) {
        return new Response(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** The same response with one more header. */
    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }
}
