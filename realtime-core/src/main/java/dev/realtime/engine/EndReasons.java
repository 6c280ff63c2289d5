package dev.realtime.engine;

import dev.realtime.session.EndReason;
import dev.realtime.transport.CloseReason;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the end of a connection means for the sessions on it. Sessions that were ended by somebody's word, or whose
 * token has run out, are gone before their connection and not asked about here.
 */
final class EndReasons {
    private static final Set<CloseReason> RECOVERABLE = EnumSet.of(
            CloseReason.LOST,
            CloseReason.TIMEOUT,
            CloseReason.SLOW_CONSUMER,
            CloseReason.TOO_LARGE,
            CloseReason.UNAUTHENTICATED);

    private EndReasons() {}

    /** Whether a client that lost its connection so may get its session back. */
    static boolean isRecoverable(CloseReason reason) {
        return RECOVERABLE.contains(reason);
    }

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
