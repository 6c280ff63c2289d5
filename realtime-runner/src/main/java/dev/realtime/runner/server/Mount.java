package dev.realtime.runner.server;

import dev.realtime.transport.Acceptor;
import java.util.List;
import java.util.Optional;

/**
 * An acceptor at a path.
 *
 * @param path where WebSocket upgrades are taken; with a final slash it is taken without it, too
 * @param acceptor takes the connections
 * @param subprotocols the subprotocols on offer, in order of preference
 */
public record Mount(String path, Acceptor acceptor, List<String> subprotocols) {

    /** Copies the list. */
    public Mount {
        subprotocols = List.copyOf(subprotocols);
    }

    /** The mount that takes the path. */
    static Optional<Mount> at(String requested, List<Mount> mounts) {
        for (Mount mount : mounts) {
            if (mount.takes(requested)) {
                return Optional.of(mount);
            }
        }
        return Optional.empty();
    }

    private boolean takes(String requested) {
        return path.equals(requested)
                || (path.endsWith("/") && path.length() - 1 == requested.length() && path.startsWith(requested));
    }
}
