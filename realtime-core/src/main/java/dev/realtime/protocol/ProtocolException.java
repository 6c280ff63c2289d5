package dev.realtime.protocol;

/** The peer sent what the protocol does not allow. It costs that one connection and nothing else. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong with the frame; never its content. */
    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
