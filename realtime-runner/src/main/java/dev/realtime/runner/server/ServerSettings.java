package dev.realtime.runner.server;

import dev.realtime.runner.tls.TlsIdentity;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the web server listens and what it bears.
 *
 * @param addresses where to listen, at least one; port 0 takes any free port, the same for all addresses
 * @param maxMessageBytes the largest WebSocket message accepted, in bytes; above it the connection is closed as 4413
 * @param maxBodyBytes the largest body of an HTTP request handed to a page; above it the answer is 413
 * @param maxHeaderBytes the largest HTTP request head; above it the answer is 400
 * @param maxWaitingPages how many HTTP requests may wait for their page or its answer; above it the answer is 503
 * @param patience how long a request may take to arrive; then its connection is cut
 * @param proxies who may speak for other clients
 * @param tls who the server is, where it speaks TLS; then it speaks nothing else
 */
public record ServerSettings(
        List<InetSocketAddress> addresses,
        int maxMessageBytes,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxWaitingPages,
        RequestPatience patience,
        Proxies proxies,
        Optional<TlsIdentity> tls) {

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

    /** With the usual patience, no proxies and no TLS. */
    public ServerSettings(
            List<InetSocketAddress> addresses,
            int maxMessageBytes,
            int maxBodyBytes,
            int maxHeaderBytes,
            int maxWaitingPages) {
        this(
                addresses,
                maxMessageBytes,
                maxBodyBytes,
                maxHeaderBytes,
                maxWaitingPages,
                RequestPatience.USUAL,
                Proxies.NONE,
                Optional.empty());
    }

    /** Messages and bodies of 1,000,000 bytes, heads of 16 KB, 10,000 waiting pages. */
    public static ServerSettings on(InetSocketAddress... addresses) {
        return new ServerSettings(List.of(addresses), 1_000_000, 1_000_000, 16_384, 10_000);
    }

    /** The same with another patience. */
    public ServerSettings with(RequestPatience chosen) {
        return new ServerSettings(
                addresses, maxMessageBytes, maxBodyBytes, maxHeaderBytes, maxWaitingPages, chosen, proxies, tls);
    }

    /** The same behind these proxies. */
    public ServerSettings behind(Proxies chosen) {
        return new ServerSettings(
                addresses, maxMessageBytes, maxBodyBytes, maxHeaderBytes, maxWaitingPages, patience, chosen, tls);
    }

    /** The same over TLS. */
    public ServerSettings as(Optional<TlsIdentity> identity) {
        return new ServerSettings(
                addresses, maxMessageBytes, maxBodyBytes, maxHeaderBytes, maxWaitingPages, patience, proxies, identity);
    }
}
