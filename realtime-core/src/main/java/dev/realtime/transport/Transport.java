package dev.realtime.transport;

import java.util.List;

/**
 * The sending half of one connection, implemented by the adapter of a container.
 *
 * <p>Nothing here blocks. At most one write is under way: the next comes after the completion of the one before.
 * {@code close} and {@code terminate} may come at any time, from any thread, more than once.
 */
public interface Transport {

    /** Sends the frames in order, in as few writes as the container allows, then tells {@code completion}. */
    void write(List<Frame> frames, Completion completion);

    /**
     * Asks the peer for a sign of life (RFC 6455 section 5.5.2), which comes as {@link Connection#pong}. May come at
     * any time, also beside a write. For protocols with WebSocket heartbeats; transports that cannot do it throw.
     *
     * @throws UnsupportedOperationException when this transport has no pings
     */
    default void ping() {
        throw new UnsupportedOperationException("this transport has no pings");
    }

    /** Closes in an orderly way: the WebSocket close frame with the reason's code. */
    void close(CloseReason reason);

    /** Cuts the connection and frees what it holds, whatever the peer does. */
    void terminate();

    /** Hears once how a write ended, on any thread. */
    interface Completion {
        /** For writes of which nobody waits to hear. */
        Completion UNHEARD = new Completion() {
            @Override
            public void written() {}

            @Override
            public void failed(Throwable cause) {}
        };

        /** The frames have left this process, or the operating system has them. */
        void written();

        /** The frames cannot be sent any more; the connection is lost. */
        void failed(Throwable cause);
    }
}
