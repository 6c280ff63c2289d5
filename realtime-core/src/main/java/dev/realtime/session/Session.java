package dev.realtime.session;

import dev.realtime.address.SessionId;
import dev.realtime.auth.Principal;
import dev.realtime.transport.Handshake;
import java.time.Instant;

/** One live connection of one user: a Socket.IO socket of one namespace, or a plain WebSocket. */
public interface Session {

    /** Its public id. */
    SessionId id();

    /** Whose it is. The user stays the same; role and end change when the client refreshes its token. */
    Principal principal();

    /** The request that opened the connection under it. */
    Handshake handshake();

    /** When it was accepted. */
    Instant connectedAt();

    /** Ends it; the client is told and does not come back by itself. */
    void disconnect();
}
