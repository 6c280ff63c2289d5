package dev.realtime.runner.settings;

/**
 * Bounds of sessions and of the node.
 *
 * @param outboundQueueBytes what may wait for one client
 * @param maxConnections sessions of this node
 * @param maxConnectionsPerUser sessions of one user on this node
 * @param maxRoomsPerSession rooms one session may be in
 */
public record LimitSettings(
        int outboundQueueBytes, int maxConnections, int maxConnectionsPerUser, int maxRoomsPerSession) {

    static LimitSettings read(Variables variables) {
        return new LimitSettings(
                variables.number("OUTBOUND_QUEUE_BYTES", 1_048_576, 16_384, Integer.MAX_VALUE),
                variables.number("MAX_CONNECTIONS", 100_000, 1, Integer.MAX_VALUE),
                variables.number("MAX_CONNECTIONS_PER_USER", 50, 1, Integer.MAX_VALUE),
                variables.number("MAX_ROOMS_PER_SESSION", 100, 1, Integer.MAX_VALUE));
    }
}
