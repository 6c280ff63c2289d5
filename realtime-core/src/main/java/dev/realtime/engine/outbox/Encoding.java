package dev.realtime.engine.outbox;

import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import dev.realtime.protocol.Outbound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One delivery in the bytes of each channel that needs it; each is made once. For one thread. */
public final class Encoding {
    private final Delivery delivery;
    private @Nullable Channel last;
    private @Nullable Parcel lastParcel;
    private final List<Entry> others = new ArrayList<>(0);

    private record Entry(Channel channel, Parcel parcel) {}

    /** Nothing is encoded before it is asked for. */
    public Encoding(Delivery delivery) {
        this.delivery = delivery;
    }

    /** The delivery as the channel's sessions get it. Almost always the channel asked for last. */
    public Parcel in(Channel channel) {
        Parcel ready = lastParcel;
        if (channel != last || ready == null) {
            ready = known(channel);
            last = channel;
            lastParcel = ready;
        }
        return ready;
    }

    private Parcel known(Channel channel) {
        for (Entry entry : others) {
            if (entry.channel == channel) {
                return entry.parcel;
            }
        }
        Parcel parcel = encode(channel);
        others.add(new Entry(channel, parcel));
        return parcel;
    }

    private Parcel encode(Channel channel) {
        Outbound event = new Outbound.Event(
                channel.namespace(),
                delivery.event(),
                List.of(delivery.data()),
                delivery.position().map(Position::toString));
        long stamp = delivery.position().map(Position::stamp).orElse(Parcel.UNSTAMPED);
        return Parcel.of(
                channel.protocol().encode(event),
                delivery.isVolatile(),
                delivery.isLingering(),
                delivery.conflation().map(of -> new Parcel.Conflation(channel, delivery.event(), of)),
                stamp);
    }
}
