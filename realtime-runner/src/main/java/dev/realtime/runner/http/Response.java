package dev.realtime.runner.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response, whole. Its body is shared, not copied: nobody may change it.
 *
 * @param status the status code
 * @param headers each with its one value
 * @param cookies the values of {@code Set-Cookie}, the one header that is repeated (RFC 6265 section 3)
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Response(int status, Map<String, String> headers, List<String> cookies, byte[] body) {

    /** Copies headers and cookies. */
    public Response {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    /** A response that sets no cookie. */
    public Response(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, List.of(), body);
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
        return new Response(status, more, cookies, body);
    }

    /** The same response with one more cookie to set. */
    public Response withCookie(String cookie) {
        List<String> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Response(status, headers, more, body);
    }
}
