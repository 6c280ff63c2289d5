package dev.realtime.protocol.engineio;

/** How far the polling of a session has come, from its first GET to the moment nobody asks for it any more. */
enum PollingStage {
    OPEN,
    /** The client has said goodbye. */
    LEFT,
    /** The server has said goodbye, and the client does not know. */
    CLOSING,
    /** The WebSocket has the session; the write that waited is on its way there. */
    MOVING,
    MOVED,
    /** Broken: what waits is told in a moment, and nothing new is taken. */
    DOOMED,
    OVER;

    /** Whether a WebSocket carries the session, or is about to. */
    boolean isWithWebSocket() {
        return this == MOVING || this == MOVED;
    }

    /** Whether the session is no more, as far as requests can tell. */
    boolean isLost() {
        return this == DOOMED || this == OVER;
    }

    /** Whether what was written for the client still goes out by a GET. */
    boolean isHeard() {
        return this == OPEN || this == CLOSING;
    }

    /** Whether one side has said goodbye and the client's next GET is the last. */
    boolean isEnding() {
        return this == LEFT || this == CLOSING;
    }
}
