package dev.realtime.runner.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests as a server would hand them over. */
public final class Requests {
    private Requests() {}

    /** A request without headers. */
    public static Request request(String method, String path, String body) {
        return new Request(method, path, Map.of(), Map.of(), body, "192.0.2.1");
    }

    /** The same request with one more header. */
    public static Request with(Request request, String header, String value) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(header.toLowerCase(Locale.ROOT), List.of(value));
        return new Request(
                request.method(), request.path(), request.query(), headers, request.body(), request.remoteAddress());
    }

    /** The same request from another address. */
    public static Request comingFrom(Request request, String address) {
        return new Request(
                request.method(), request.path(), request.query(), request.headers(), request.body(), address);
    }

    /** The body of a response as text. */
    public static String body(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
