package dev.realtime.fanout;

/**
 * Carries deliveries to every node that has a listener for them. Safe for many threads.
 *
 * <p>A delivery reaches this node's own receiver before {@link #publish} returns, whatever the network does. What one
 * thread publishes to one audience arrives in that order on each node.
 */
public interface Fanout extends AutoCloseable {

    /** Begins to receive; once, before the first publish. */
    void start(Receiver receiver);

    /** Sends the delivery to every node, this one included. */
    void publish(Delivery delivery);

    /** Stops receiving. */
    @Override
    void close();

    /** Takes the deliveries for the sessions of this node. */
    @FunctionalInterface
    interface Receiver {
        /** Hands the delivery to the sessions here that it names; does not block. */
        void deliver(Delivery delivery);
    }
}
