package dev.realtime.transport;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages may talk to this server from a browser (RFC 6454). Allowed are requests without an origin, origins
 * whose host and port are those the request was sent to, and listed origins, compared character by character. The
 * list may hold {@code null}, the origin of a page opened from disk, and {@code *} for all. Immutable.
 */
public final class OriginPolicy {
    /** Stands for every origin in a list. */
    public static final String ANY = "*";

    private final Set<String> listed;

    /** Allows the listed origins, and what is always allowed. */
    public OriginPolicy(List<String> origins) {
        this.listed = Set.copyOf(origins);
    }

    /** Whether the handshake may go on. */
    public boolean allows(Handshake handshake) {
        return allows(handshake.header("Origin"), handshake.header("Host"));
    }

    /** Whether a request with these values of its headers {@code Origin} and {@code Host} may go on. */
    public boolean allows(Optional<String> origin, Optional<String> host) {
        return origin.isEmpty()
                || listed.contains(ANY)
                || listed.contains(origin.get())
                || host.filter(name -> isSame(origin.get(), name)).isPresent();
    }

    private static boolean isSame(String origin, String host) {
        int end = origin.indexOf("://");
        if (end < 0) {
            return false;
        }
        String scheme = origin.substring(0, end).toLowerCase(Locale.ROOT);
        String authority = origin.substring(end + 3);
        return normal(scheme, authority).equals(normal(scheme, host));
    }

    /** Lower case, without the port that the scheme implies; browsers leave that one out, others may not. */
    private static String normal(String scheme, String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String implied = switch (scheme) {
            case "http" -> ":80";
            case "https" -> ":443";
            default -> "";
        };
        return lower.endsWith(implied) ? lower.substring(0, lower.length() - implied.length()) : lower;
    }
}
