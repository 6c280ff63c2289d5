package dev.realtime.runner.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, read whole.
 *
 * @param method in upper case
 * @param path without query
 * @param query decoded parameters, the last value of each
 * @param headers by name in lower case
 * @param body as text, at most as much as the server reads for a page
 * @param remoteAddress the peer's address as text
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String body,
        String remoteAddress) {

    /** The first value of a header, by any spelling of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.stream().findFirst();
    }

    /** The value of a cookie (RFC 6265 section 4.2), by its exact name. */
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
