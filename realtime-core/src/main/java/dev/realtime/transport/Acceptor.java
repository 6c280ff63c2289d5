package dev.realtime.transport;

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
}
