package dev.realtime.runner.server;

import dev.realtime.runner.http.AddressRange;
import dev.realtime.runner.http.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word counts. Each proxy appends the address of its own peer to {@code X-Forwarded-For}, so the
 * list is read from its end, as far as who wrote an entry is trusted; what stands before that may be made up.
 *
 * @param trusted their addresses; empty when nobody is believed
 */
public record Proxies(List<AddressRange> trusted) {
    /** Nobody is believed. */
    public static final Proxies NONE = new Proxies(List.of());

    /** Copies the list. */
    public Proxies {
        trusted = List.copyOf(trusted);
    }

    /** Whether this peer is one of them. */
    boolean trusts(String peer) {
        return !trusted.isEmpty() && IpLiteral.parse(peer).filter(this::trusts).isPresent();
    }

    /** The nearest address that is no trusted proxy; when all are, the furthest. */
    String client(String peer, List<String> forwardedFor) {
        String nearest = peer;
        List<String> hops = entries(forwardedFor);
        for (int i = hops.size() - 1; i >= 0 && trusts(nearest); i--) {
            Optional<InetAddress> hop = IpLiteral.parse(withoutPort(hops.get(i)));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get().getHostAddress();
        }
        return nearest;
    }

    /** What the nearest proxy says the host was. */
    Optional<String> host(List<String> forwardedHost) {
        List<String> hosts = entries(forwardedHost);
        return hosts.isEmpty() ? Optional.empty() : Optional.of(hosts.get(hosts.size() - 1));
    }

    private boolean trusts(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> entries(List<String> values) {
        List<String> entries = new ArrayList<>();
        for (String value : values) {
            for (String entry : value.split(",", -1)) {
                if (!entry.isBlank()) {
                    entries.add(entry.strip());
                }
            }
        }
        return entries;
    }

    /** Some proxies write {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
