package dev.realtime.messaging.memory;

import dev.realtime.messaging.HistoryPager;
import dev.realtime.messaging.Message;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The messages that carry one visit, ordered by time, room and number. Guarded by the store's lock. */
final class VisitLog {
    private final NavigableMap<Place, Kept> messages = new TreeMap<>();

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void add(Kept kept) {
        messages.put(Place.of(kept.message()), kept);
    }

    void remove(Kept kept) {
        messages.remove(Place.of(kept.message()));
    }

    /** Offers all messages from newest to oldest, until the pager has enough. */
    void readBack(HistoryPager pager) {
        readBack(messages, pager);
    }

    /** Offers the messages before the moment from newest to oldest, until the pager has enough. */
    void readBack(Instant moment, HistoryPager pager) {
        readBack(messages.headMap(new Place(moment, "", 0), false), pager);
    }

    private static void readBack(NavigableMap<Place, Kept> from, HistoryPager pager) {
        for (Kept kept : from.descendingMap().values()) {
            if (!pager.offer(kept.message(), kept.weight())) {
                return;
            }
        }
    }

    private record Place(Instant moment, String room, long seq) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::moment).thenComparing(Place::room).thenComparingLong(Place::seq);

        static Place of(Message message) {
            return new Place(message.timestamp(), message.room().value(), message.seq());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
