package dev.realtime.runner.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The heartbeat and size of connections.
 *
 * @param pingInterval between two pings
 * @param pingTimeout from a ping to the end of the connection when no pong comes
 * @param connectTimeout from the open packet to the first namespace connect
 * @param maxPayloadBytes the largest frame or POST taken
 * @param namespaceAliases further names of the namespace {@code /}
 * @param drainTimeout the longest a stop waits for clients to leave
 * @param reapTimeout without any frame, until a connection is closed as dead; zero for never
 * @param idleTimeout without an event, until a session is ended; zero for never
 * @param recoveryWindow how long after a loss a client may come back to its session; zero switches that off
 */
public record ConnectionSettings(
        Duration pingInterval,
        Duration pingTimeout,
        Duration connectTimeout,
        int maxPayloadBytes,
        List<String> namespaceAliases,
        Duration drainTimeout,
        Duration reapTimeout,
        Duration idleTimeout,
        Duration recoveryWindow) {

    /** Copies the list. */
    public ConnectionSettings {
        namespaceAliases = List.copyOf(namespaceAliases);
    }

    static ConnectionSettings read(Variables variables) {
        Duration pingInterval = variables.millis("PING_INTERVAL_MS", 25_000, 100);
        Duration pingTimeout = variables.millis("PING_TIMEOUT_MS", 20_000, 100);
        Duration reapTimeout = variables.millis("REAP_TIMEOUT_MS", 300_000, 0);
        if (!reapTimeout.isZero() && reapTimeout.compareTo(pingInterval.plus(pingTimeout)) <= 0) {
            variables.warn("REAP_TIMEOUT_MS is no longer than a ping and its pong may take: clients that only listen"
                    + " are closed");
        }
        return new ConnectionSettings(
                pingInterval,
                pingTimeout,
                variables.millis("CONNECT_TIMEOUT_MS", 45_000, 100),
                variables.number("MAX_PAYLOAD_BYTES", 1_000_000, 1_000, 100_000_000),
                aliases(variables),
                variables.millis("DRAIN_TIMEOUT_MS", 20_000, 0),
                reapTimeout,
                variables.millis("IDLE_TIMEOUT_MS", 0, 0),
                variables.millis("RECOVERY_WINDOW_MS", 120_000, 0));
    }

    /** The namespace itself may be listed; alone it says that there are no aliases. */
    private static List<String> aliases(Variables variables) {
        List<String> aliases = new ArrayList<>();
        for (String alias : variables.list("NAMESPACE_ALIASES").orElse(List.of("/api/v1", "/api"))) {
            if (!alias.matches("/[A-Za-z0-9._~/-]*")) {
                variables.problem(
                        "NAMESPACE_ALIASES", Variables.shown(alias) + " is no namespace", "names such as /api/v1,/api");
            } else if (!alias.equals("/")) {
                aliases.add(alias);
            }
        }
        return aliases;
    }
}
