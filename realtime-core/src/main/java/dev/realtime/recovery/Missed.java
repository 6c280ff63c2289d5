package dev.realtime.recovery;

import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import java.util.List;

/** What a client did not hear. */
public sealed interface Missed {

    /** All of it, in order. */
    record Complete(List<Entry> entries) implements Missed {
        /** Copies the list. */
        public Complete {
            entries = List.copyOf(entries);
        }
    }

    /** Some of it is not there any more, so none of it is given. */
    record Incomplete() implements Missed {}

    /** An event and its place. */
    record Entry(Position position, Delivery delivery) {}
}
