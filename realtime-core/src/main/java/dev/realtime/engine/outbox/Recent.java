package dev.realtime.engine.outbox;

import dev.realtime.recovery.RecoverySettings;
import org.jspecify.annotations.Nullable;

/**
 * The last parcels of one session, in the order it gets them, each at an index that is never used again. Bounded in
 * number and bytes, and cut by age from outside: beyond that the oldest goes. For one thread at a time.
 *
 * <p>What is beyond the number is let go when the slots are full, several at once: one at a time would have each
 * delivery touch a second place of the ring, which is as far as can be from the first.
 */
final class Recent {
    /** A power of two, as all sizes are: finding a slot is then no division, which each delivery would pay for. */
    private static final int SMALLEST = 8;

    private final RecoverySettings bounds;
    private @Nullable Parcel[] slots = new Parcel[0];
    /** The index of the oldest parcel that still has a slot, and may be beyond the bound. */
    private long kept;

    private long end;
    private int bytes;
    /** The stamp of the last parcel that was let go. */
    private long droppedStamp = Parcel.UNSTAMPED;

    Recent(RecoverySettings bounds) {
        this.bounds = bounds;
    }

    /** The index of the oldest parcel; {@link #end} when there is none. */
    long first() {
        return Math.max(kept, end - bounds.events());
    }

    /** The index behind the newest parcel. */
    long end() {
        return end;
    }

    void add(Parcel parcel) {
        while (end > kept && bytes + parcel.size() > bounds.bytes()) {
            dropOldest();
        }
        if (end - kept == slots.length) {
            dropUntil(end - bounds.events() + 1);
        }
        if (end - kept == slots.length) {
            grow();
        }
        slots[slot(end++)] = parcel;
        bytes += parcel.size();
    }

    Parcel get(long index) {
        Parcel parcel = index < kept || index >= end ? null : slots[slot(index)];
        if (parcel == null) {
            throw new IllegalArgumentException("no parcel at " + index + ", only from " + kept + " to " + end);
        }
        return parcel;
    }

    /**
     * The index behind the parcel with this stamp, also when that one was the last to be let go; -1 when it is not
     * known here. Looks from the newest backwards.
     */
    long behind(long stamp) {
        long first = first();
        for (long index = end - 1; index >= first; index--) {
            if (get(index).stamp() == stamp) {
                return index + 1;
            }
        }
        long before = first > kept ? get(first - 1).stamp() : droppedStamp;
        return stamp == before && stamp != Parcel.UNSTAMPED ? first : -1;
    }

    /** Lets go of parcels older than {@code stamp}; an emptied ring gives its memory back. */
    void dropBefore(long stamp) {
        while (end > kept && get(kept).stamp() < stamp) {
            dropOldest();
        }
        if (end == kept) {
            slots = new Parcel[0];
        }
    }

    /** Lets go of everything before {@code index}. */
    void dropUntil(long index) {
        while (kept < index) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Parcel oldest = get(kept);
        slots[slot(kept)] = null;
        bytes -= oldest.size();
        droppedStamp = oldest.stamp();
        kept++;
    }

    private void grow() {
        @Nullable Parcel[] before = slots;
        slots = new Parcel[Math.max(SMALLEST, 2 * before.length)];
        for (long index = kept; index < end; index++) {
            slots[slot(index)] = before[(int) index & (before.length - 1)];
        }
    }

    private int slot(long index) {
        return (int) index & (slots.length - 1);
    }
}
