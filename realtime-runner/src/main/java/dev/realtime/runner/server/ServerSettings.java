package dev.realtime.runner.server;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How the web server listens and what it bears.
 *
 * @param addresses where to listen, at least one; port 0 takes any free port, the same for all addresses
 * @param maxMessageBytes the largest WebSocket message accepted, in bytes; above it the connection is closed as 4413
 * @param maxBodyBytes the largest body of an HTTP request handed to a page; above it the answer is 413
 * @param maxHeaderBytes the largest HTTP request head; above it the answer is 400
 * @param maxWaitingPages how many HTTP requests may wait for their page or its answer; above it the answer is 503
 */
public record ServerSettings(
        List<InetSocketAddress> addresses,
        int maxMessageBytes,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxWaitingPages) {

    /** Copies the addresses; {@link IllegalArgumentException} when there is none or a limit is not positive. */
    public ServerSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a server listens on at least one address");
        }
        if (Math.min(Math.min(maxMessageBytes, maxBodyBytes), Math.min(maxHeaderBytes, maxWaitingPages)) < 1) {
            throw new IllegalArgumentException("the limits of a server are at least 1");
        }
    }

    /** Messages and bodies of 1,000,000 bytes, heads of 16 KB, 10,000 waiting pages. */
    public static ServerSettings on(InetSocketAddress... addresses) {
        return new ServerSettings(List.of(addresses), 1_000_000, 1_000_000, 16_384, 10_000);
    }
}
