package dev.realtime.websocket;

import dev.realtime.transport.Transport;
import jakarta.websocket.Session;

/**
 * Makes the sending half of a session; a host supplies its own where its container allows more than JSR-356 does,
 * such as a hard cut of the TCP connection. Called on container threads, once per session; must not block.
 */
@FunctionalInterface
@SuppressWarnings("exports") // who calls this has the container API on his path
public interface Transports {

    /** The transport of a session that has just been opened. */
    Transport of(Session session);

    /** Sends through the session alone, message by message; works on every container. */
    static Transports portable() {
        return SessionTransport::new;
    }
}
