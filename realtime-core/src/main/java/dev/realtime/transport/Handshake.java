package dev.realtime.transport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The HTTP request that opened the connection.
 *
 * @param path the request path, without query
 * @param query decoded query parameters; the last value counts where one is repeated
 * @param headers header values by name; names compare without regard to case
 * @param remoteAddress the peer's address, where the container tells it
 */
public record Handshake(
        String path, Map<String, String> query, Map<String, List<String>> headers, Optional<String> remoteAddress) {

    /** Copies the maps. */
    public Handshake {
        query = Map.copyOf(query);
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = java.util.Collections.unmodifiableMap(byName);
    }

    /** The first value of a header, by any spelling of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** A query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A cookie of the request (RFC 6265 section 4.2), by its exact name. */
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> java.util.Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
