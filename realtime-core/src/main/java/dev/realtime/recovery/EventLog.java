package dev.realtime.recovery;

import dev.realtime.address.Audience;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import java.util.List;

/**
 * Numbers events and keeps them for a while. Called on the way of every delivery, from many threads: an append does
 * not block on anything slow. {@code EventLogContract} tests each sentence here.
 *
 * <p>Positions of one epoch grow with each append and are never given twice. A log that was lost or begins anew has
 * another epoch.
 */
public interface EventLog {

    /** Notes the event and gives it its position. */
    Position append(Delivery delivery);

    /** The position of the last event, or where the first will follow. */
    Position head();

    /**
     * The events after {@code position} that one of the audiences was to hear, in order. When some of them may be
     * gone, by their number, size or age, or the position is of another epoch or not of this log at all, the answer is
     * incomplete: never silently less.
     */
    Missed since(Position position, List<Audience> audiences);
}
