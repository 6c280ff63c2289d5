package dev.realtime.fanout;

import dev.realtime.address.Audience;
import dev.realtime.json.Payload;
import java.util.List;

/**
 * One event on its way to its audience. A session that several audiences name gets it once.
 *
 * @param to who should hear it
 * @param except who should not, although {@code to} names them
 * @param event its name
 * @param data its one argument
 * @param isVolatile whether it may be dropped for a slow client
 */
public record Delivery(List<Audience> to, List<Audience> except, String event, Payload data, boolean isVolatile) {
    /** Copies the lists. */
    public Delivery {
        to = List.copyOf(to);
        except = List.copyOf(except);
    }

    /** An event to one audience. */
    public static Delivery of(Audience to, String event, Payload data) {
        return new Delivery(List.of(to), List.of(), event, data, false);
    }

    /** The same, but not to these. */
    public Delivery butNot(Audience... others) {
        return new Delivery(to, List.of(others), event, data, isVolatile);
    }
}
