package dev.realtime.transport;

import java.util.List;
import java.util.Optional;

/** Takes connections; what an adapter mounts on a path. Safe for many threads. */
public interface Acceptor {

    /**
     * Decides on a handshake before the upgrade, while HTTP can still say no; empty means welcome. Adapters that
     * cannot refuse at that point accept the upgrade and close with {@link Refusal#reason()}.
     */
    Optional<Refusal> refuse(Handshake handshake);

    /** Opens a connection that was not refused. May write to {@code transport} before it returns. */
    Connection open(Handshake handshake, Transport transport);

    /**
     * Takes a request on the acceptor's path that is no WebSocket upgrade and answers it, now or later; false when
     * there is nothing but WebSocket here, so that somebody else may answer.
     */
    default boolean tryServe(HttpExchange exchange) {
        return false;
    }

    /**
     * The pages that {@link #refuse} lets in. A protocol that also speaks plain HTTP asks the layer above it, to tell
     * browsers so; by default, pages of the same host alone.
     */
    default OriginPolicy origins() {
        return new OriginPolicy(List.of());
    }
}
