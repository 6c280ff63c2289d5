package dev.realtime.websocket;

import java.util.List;

/**
 * How an acceptor is mounted.
 *
 * @param maxMessageBytes the largest message accepted, in bytes of its content; a larger one closes the connection
 * @param subprotocols the subprotocols on offer, in order of preference; empty when there is none to agree on
 * @param transports makes the sending half of each session
 */
public record EndpointSettings(int maxMessageBytes, List<String> subprotocols, Transports transports) {

    /** Checks the size and copies the list. */
    public EndpointSettings {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("a message has at least 1 byte, not " + maxMessageBytes);
        }
        subprotocols = List.copyOf(subprotocols);
    }

    /** Messages of up to 1,000,000 bytes, these subprotocols if any, any container. */
    public static EndpointSettings defaults(String... subprotocols) {
        return new EndpointSettings(1_000_000, List.of(subprotocols), Transports.portable());
    }
}
