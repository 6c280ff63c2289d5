package dev.realtime.protocol;

import dev.realtime.transport.CloseReason;

/** The peer sent what the protocol does not allow. It costs that one connection and nothing else. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /** What was wrong with the frame; never its content. */
    public ProtocolException(String message) {
        this(message, CloseReason.BAD_FRAME);
    }

    /** The same, when the frame is well formed and the peer has no right to send it yet. */
    public ProtocolException(String message, CloseReason reason) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** With which reason the connection ends. */
    public CloseReason reason() {
        return reason;
    }
}
