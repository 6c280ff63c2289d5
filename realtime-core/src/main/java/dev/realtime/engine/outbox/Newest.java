package dev.realtime.engine.outbox;

import dev.realtime.engine.outbox.Parcel.Conflation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest parcel of each conflation that waits for a slow client. In the queue stands its place, where the first of
 * them was. Guarded by the lock of the outbox.
 */
final class Newest {
    private final Map<Conflation, Parcel> parcels = new HashMap<>();

    /** Takes over what waits in the queue already, and tells how many bytes were those of older values. */
    int takeOver(ArrayDeque<Parcel> queue) {
        int freed = 0;
        for (int left = queue.size(); left > 0; left--) {
            Parcel parcel = queue.remove();
            if (parcel.conflation().isEmpty()) {
                queue.add(parcel);
                continue;
            }
            Parcel older = parcels.put(parcel.conflation().get(), parcel);
            if (older == null) {
                queue.add(parcel.place());
            } else {
                freed += older.size();
            }
        }
        return freed;
    }

    /** The value that waits and that this one is newer than. */
    Optional<Parcel> olderThan(Parcel parcel) {
        return parcel.conflation().map(parcels::get);
    }

    void put(Parcel parcel) {
        parcels.put(parcel.conflation().orElseThrow(), parcel);
    }

    /** The parcels of the queue, each with its content. */
    List<Parcel> filled(ArrayDeque<Parcel> queue) {
        return queue.stream()
                .map(parcel -> parcel.conflation().map(parcels::get).orElse(parcel))
                .toList();
    }
}
