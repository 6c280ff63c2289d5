package dev.realtime.fanout;

/** The fanout of a single node: what is published is delivered here, on the caller's thread. */
public final class LocalFanout implements Fanout {
    private volatile Receiver receiver = delivery -> {
        throw new IllegalStateException("publish before start");
    };

    /** A fanout that has not started. */
    public LocalFanout() {}

    @Override
    public void start(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void publish(Delivery delivery) {
        receiver.deliver(delivery);
    }

    @Override
    public void close() {
        receiver = delivery -> {};
    }
}
