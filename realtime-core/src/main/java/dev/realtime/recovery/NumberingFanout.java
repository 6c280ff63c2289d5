package dev.realtime.recovery;

import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;

/** Gives each event that may have to be heard again its place in the log, before it goes anywhere. Any thread. */
public final class NumberingFanout implements Fanout {
    private final Fanout fanout;
    private final EventLog log;

    /** Numbers in {@code log}, then hands on to {@code fanout}. */
    public NumberingFanout(Fanout fanout, EventLog log) {
        this.fanout = fanout;
        this.log = log;
    }

    @Override
    public void start(Receiver receiver) {
        fanout.start(receiver);
    }

    @Override
    public void publish(Delivery delivery) {
        fanout.publish(delivery.isVolatile() ? delivery : delivery.at(log.append(delivery)));
    }

    @Override
    public void close() {
        fanout.close();
    }
}
