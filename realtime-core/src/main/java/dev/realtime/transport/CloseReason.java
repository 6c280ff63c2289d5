package dev.realtime.transport;

/**
 * Why a connection ends. The codes below 4000 are those of RFC 6455 section 7.4.1, the others our own; Socket.IO
 * clients see no code, only that the transport closed.
 */
public enum CloseReason {
    /** The client closed in an orderly way, by which it ends its session. */
    NORMAL(1000, "closed"),
    /** The connection broke without a close. */
    LOST(1006, "connection lost"),
    /** Something that is not of the protocol, or JSON nested too deep. */
    BAD_FRAME(4400, "bad frame"),
    /** A token refused, an event before the connect, or a token that has run out. */
    UNAUTHENTICATED(4401, "unauthenticated"),
    /** An origin that is not allowed. */
    FORBIDDEN_ORIGIN(4403, "forbidden origin"),
    /** No connect in time, no pong, or no sign of life. */
    TIMEOUT(4408, "timeout"),
    /** The client does not read what it is sent. */
    SLOW_CONSUMER(4409, "slow consumer"),
    /** The host asked for it. */
    DISCONNECTED(4410, "disconnected"),
    /** A frame above the limit. */
    TOO_LARGE(4413, "too large"),
    /** Too many attempts, sessions or refusals. */
    RATE(4429, "rate"),
    /** The node is stopping. */
    DRAINING(4503, "draining");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The close code, RFC 6455 section 7.4. */
    public int code() {
        return code;
    }

    /** The reason phrase that goes with the code. */
    public String text() {
        return text;
    }
}
