package dev.realtime.runner;

import dev.realtime.runner.http.Page;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.settings.BrowserClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The stock client for browsers, below the path at which it looks for its server, as the reference server serves it.
 * Browsers ask every time whether what they have is still good, and mostly hear that it is.
 */
final class BrowserClientPages {
    private static final String BELOW = "/socket.io/";
    private static final int TAG_BYTES = 16;

    private BrowserClientPages() {}

    static void addTo(Routes.Builder routes, BrowserClient client) {
        client.files().forEach((name, content) -> routes.addUnmetered("GET", BELOW + name, page(name, content)));
    }

    private static Page page(String name, byte[] content) {
        String tag = "\"" + tag(content) + "\"";
        Response whole = new Response(
                200,
                Map.of(
                        "Content-Type",
                        (name.endsWith(".map") ? "application/json" : "application/javascript") + "; charset=utf-8",
                        "Cache-Control",
                        "public, max-age=0",
                        "ETag",
                        tag,
                        "X-Content-Type-Options",
                        "nosniff"),
                content);
        Response unchanged = new Response(304, Map.of("Cache-Control", "public, max-age=0", "ETag", tag), new byte[0]);
        return request -> isKnown(request, tag) ? unchanged : whole;
    }

    /** RFC 9110 section 13.1.2: a list of tags, compared weakly, or a star. */
    private static boolean isKnown(Request request, String tag) {
        return request.headers().getOrDefault("if-none-match", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    /** Of what is in the file, so that a file which is replaced is fetched again whatever it calls its version. */
    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
