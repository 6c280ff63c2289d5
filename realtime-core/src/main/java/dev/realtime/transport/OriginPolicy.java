package dev.realtime.transport;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which pages may talk to this server from a browser (RFC 6454). Allowed are requests without an origin, pages of
 * this very host and port, and the origins listed, compared exactly.
 *
 * @param allowed origins as browsers send them, such as {@code https://app.example.org} or {@code null}
 */
public record OriginPolicy(Set<String> allowed) {

    /** Copies the set. */
    public OriginPolicy {
        allowed = Set.copyOf(allowed);
    }

    /** Allows the listed origins. */
    public static OriginPolicy of(List<String> allowed) {
        return new OriginPolicy(Set.copyOf(allowed));
    }

    /** Whether the handshake may go on. */
    public boolean allows(Handshake handshake) {
        return handshake
                .header("origin")
                .map(origin -> allowed.contains(origin)
                        || handshake
                                .header("host")
                                .filter(host -> isSame(origin, host))
                                .isPresent())
                .orElse(true);
    }

    private static boolean isSame(String origin, String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0
                && origin.substring(scheme + 3).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }
}
