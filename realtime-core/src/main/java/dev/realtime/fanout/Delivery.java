package dev.realtime.fanout;

import dev.realtime.address.Audience;
import dev.realtime.json.Payload;
import java.util.List;
import java.util.Optional;

/**
 * One event on its way to its audience. A session that several audiences name gets it once.
 *
 * @param to who should hear it
 * @param except who should not, although {@code to} names them
 * @param event its name
 * @param data its one argument
 * @param isVolatile whether it may be dropped for a slow client, and is never heard again
 * @param isLingering whether it may wait a moment for others to the same client: nobody's next step depends on it, so
 *     that a hundred arrivals in a room cost each client there one write and not a hundred
 * @param conflation what it is the newest value of: for a slow client it takes the place of an event of the same name
 *     and conflation that still waits; only of volatile events, which are dropped otherwise
 * @param position its place in the log, for those who have to hear it again
 */
public record Delivery(
        List<Audience> to,
        List<Audience> except,
        String event,
        Payload data,
        boolean isVolatile,
        boolean isLingering,
        Optional<String> conflation,
        Optional<Position> position) {
    /** Copies the lists; checks that only what is volatile is conflated. */
    public Delivery {
        to = List.copyOf(to);
        except = List.copyOf(except);
        if (conflation.isPresent() && !isVolatile) {
            throw new IllegalArgumentException(event + " is to be heard in full, so it cannot be conflated");
        }
    }

    /** An event that is not in the log. */
    public Delivery(List<Audience> to, List<Audience> except, String event, Payload data, boolean isVolatile) {
        this(to, except, event, data, isVolatile, false, Optional.empty(), Optional.empty());
    }

    /** An event to one audience. */
    public static Delivery of(Audience to, String event, Payload data) {
        return new Delivery(List.of(to), List.of(), event, data, false);
    }

    /** An event to one audience, which may be dropped; but for a slow client too the last one of {@code conflation} is kept. */
    public static Delivery conflated(Audience to, String event, Payload data, String conflation) {
        return new Delivery(
                List.of(to), List.of(), event, data, true, false, Optional.of(conflation), Optional.empty());
    }

    /** The same, but not to these. */
    public Delivery butNot(Audience... others) {
        return new Delivery(to, List.of(others), event, data, isVolatile, isLingering, conflation, position);
    }

    /** The same, at its place in the log. */
    public Delivery at(Position place) {
        return new Delivery(to, except, event, data, isVolatile, isLingering, conflation, Optional.of(place));
    }

    /** The same, but it may wait a moment for others to the same client. */
    public Delivery lingering() {
        return new Delivery(to, except, event, data, isVolatile, true, conflation, position);
    }
}
