package dev.realtime.notification;

import java.time.Instant;
import java.util.Comparator;

/** The place of a notification in an inbox: by its moment, and within a millisecond by its id. */
public record Place(Instant timestamp, NotificationId id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::timestamp)
            .thenComparing(place -> place.id().value());
    /** No id comes before it: the least character alone. */
    private static final NotificationId LEAST = new NotificationId("!");

    /** Before all that were sent at this moment or later. */
    static Place firstAt(Instant moment) {
        return new Place(moment, LEAST);
    }

    /** Older ones are smaller. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
