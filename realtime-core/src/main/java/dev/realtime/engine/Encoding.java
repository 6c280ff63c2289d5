package dev.realtime.engine;

import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import dev.realtime.protocol.Outbound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One delivery in the bytes of each channel that needs it; each is made once. For one thread. */
final class Encoding {
    private final Delivery delivery;
    private @Nullable Channel last;
    private @Nullable Parcel lastParcel;
    private final List<Entry> others = new ArrayList<>(0);

    private record Entry(Channel channel, Parcel parcel) {}

    Encoding(Delivery delivery) {
        this.delivery = delivery;
    }

    /** The delivery as the channel's sessions get it. Almost always the channel asked for last. */
    Parcel in(Channel channel) {
        Parcel ready = lastParcel;
        if (channel != last || ready == null) {
            ready = others.stream()
                    .filter(entry -> entry.channel == channel)
                    .findFirst()
                    .map(Entry::parcel)
                    .orElseGet(() -> encode(channel));
            last = channel;
            lastParcel = ready;
        }
        return ready;
    }

    private Parcel encode(Channel channel) {
        Outbound event = new Outbound.Event(
                channel.namespace(),
                delivery.event(),
                List.of(delivery.data()),
                delivery.position().map(Position::toString));
        long stamp = delivery.position().map(Position::stamp).orElse(Parcel.UNSTAMPED);
        Parcel parcel =
                Parcel.of(channel.protocol().encode(event), delivery.isVolatile(), delivery.isLingering(), stamp);
        others.add(new Entry(channel, parcel));
        return parcel;
    }
}
