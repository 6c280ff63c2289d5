package dev.realtime.engine;

import dev.realtime.session.EndReason;
import dev.realtime.transport.CloseReason;

/** What the end of a connection means for the sessions on it. */
final class EndReasons {
    private EndReasons() {}

    static EndReason of(CloseReason reason) {
        return switch (reason) {
            case TIMEOUT -> EndReason.PING_TIMEOUT;
            case SLOW_CONSUMER -> EndReason.SLOW_CONSUMER;
            case DISCONNECTED, RATE -> EndReason.SERVER_DISCONNECT;
            case DRAINING -> EndReason.SERVER_SHUTDOWN;
            case NORMAL -> EndReason.CLIENT_DISCONNECT;
            case LOST, BAD_FRAME, UNAUTHENTICATED, FORBIDDEN_ORIGIN, TOO_LARGE -> EndReason.TRANSPORT_CLOSE;
        };
    }
}
