package dev.realtime.engine.outbox;

import dev.realtime.recovery.RecoverySettings;
import org.jspecify.annotations.Nullable;

/**
 * The last parcels of one session, in the order it gets them, each at an index that is never used again. Bounded in
 * number and bytes, and cut by age from outside: beyond that the oldest goes. For one thread at a time.
 */
final class Recent {
    private static final int SMALLEST = 8;

    private final RecoverySettings bounds;
    private @Nullable Parcel[] slots = new Parcel[0];
    private long first;
    private long end;
    private int bytes;
    /** The stamp of the last parcel that was let go. */
    private long droppedStamp = Parcel.UNSTAMPED;

    Recent(RecoverySettings bounds) {
        this.bounds = bounds;
    }

    /** The index of the oldest parcel; {@link #end} when there is none. */
    long first() {
        return first;
    }

    /** The index behind the newest parcel. */
    long end() {
        return end;
    }

    void add(Parcel parcel) {
        while (end > first && (end - first >= bounds.events() || bytes + parcel.size() > bounds.bytes())) {
            dropOldest();
        }
        if (end - first == slots.length) {
            grow();
        }
        slots[slot(end++)] = parcel;
        bytes += parcel.size();
    }

    Parcel get(long index) {
        Parcel parcel = slots[slot(index)];
        if (parcel == null || index < first || index >= end) {
            throw new IllegalArgumentException("no parcel at " + index + ", only from " + first + " to " + end);
        }
        return parcel;
    }

    /**
     * The index behind the parcel with this stamp, also when that one was the last to be let go; -1 when it is not
     * known here. Looks from the newest backwards.
     */
    long behind(long stamp) {
        for (long index = end - 1; index >= first; index--) {
            if (get(index).stamp() == stamp) {
                return index + 1;
            }
        }
        return stamp == droppedStamp && stamp != Parcel.UNSTAMPED ? first : -1;
    }

    /** Lets go of parcels older than {@code stamp}; an emptied ring gives its memory back. */
    void dropBefore(long stamp) {
        while (end > first && get(first).stamp() < stamp) {
            dropOldest();
        }
        if (end == first) {
            slots = new Parcel[0];
        }
    }

    /** Lets go of everything before {@code index}. */
    void dropUntil(long index) {
        while (first < index) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Parcel oldest = get(first);
        slots[slot(first)] = null;
        bytes -= oldest.size();
        droppedStamp = oldest.stamp();
        first++;
    }

    private void grow() {
        @Nullable Parcel[] larger = new Parcel[Math.max(SMALLEST, 2 * slots.length)];
        for (long index = first; index < end; index++) {
            larger[(int) (index % larger.length)] = get(index);
        }
        slots = larger;
    }

    private int slot(long index) {
        return slots.length == 0 ? 0 : (int) (index % slots.length);
    }
}
