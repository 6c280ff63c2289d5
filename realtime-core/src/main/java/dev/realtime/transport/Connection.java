package dev.realtime.transport;

/**
 * The receiving half of one connection, implemented by a protocol. The adapter calls it for one event at a time, in
 * the order of the wire. It never blocks and never throws.
 */
public interface Connection {

    /** A whole message has arrived. */
    void received(Frame frame);

    /** The peer has answered a {@link Transport#ping}, or a ping of the protocol beneath: a sign of life. */
    default void pong() {}

    /**
     * A message above the adapter's limit is not read. The adapter closes as too large when this returns; what is
     * written until then still goes before the close.
     */
    default void overflowed() {}

    /** The connection is gone; nothing follows. Called once. */
    void closed(CloseReason reason);
}
