package dev.realtime.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one room in a ring, found by number or by moment without a search through all. Numbers go on after
 * old messages are forgotten. Guarded by the store's lock.
 */
final class RoomLog {
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Kept[] ring = new @Nullable Kept[FIRST_CAPACITY];
    private int head;
    private int size;
    private long lastSeq;
    private Instant lastMoment = Instant.MIN;

    long lastSeq() {
        return lastSeq;
    }

    /** The draft as the room's next message. */
    Kept append(Draft draft, Instant proposed, int weight) {
        Instant moment = proposed.isBefore(lastMoment) ? lastMoment : proposed;
        Kept kept = new Kept(Message.of(draft, lastSeq + 1, moment), weight);
        if (size == ring.length) {
            resize(size * 2);
        }
        ring[(head + size) % ring.length] = kept;
        size++;
        lastSeq++;
        lastMoment = moment;
        return kept;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Forgets the oldest message and tells which it was. */
    Kept dropOldest() {
        Kept oldest = at(0);
        ring[head] = null;
        head = (head + 1) % ring.length;
        size--;
        if (size < ring.length / 4 && ring.length > FIRST_CAPACITY) {
            resize(ring.length / 2);
        }
        return oldest;
    }

    /** Offers messages from newest to oldest, from the one before {@code seq} on, until the pager has enough. */
    void readBack(long seq, HistoryPager pager) {
        for (int i = indexOf(seq) - 1; i >= 0; i--) {
            if (!offer(i, pager)) {
                return;
            }
        }
    }

    /** Offers messages from oldest to newest, from the one after {@code seq} on, until the pager has enough. */
    void readOn(long seq, HistoryPager pager) {
        for (int i = seq < lastSeq ? indexOf(seq + 1) : size; i < size; i++) {
            if (!offer(i, pager)) {
                return;
            }
        }
    }

    /** The number of the first message that is not before the moment; the next free one when all are. */
    long firstSeqAt(Instant moment) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).message().timestamp().isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return firstSeq() + low;
    }

    private boolean offer(int index, HistoryPager pager) {
        Kept kept = at(index);
        return pager.offer(kept.message(), kept.weight());
    }

    /** Where the message with this number stands or, beyond either end, would come next. */
    private int indexOf(long seq) {
        return seq <= firstSeq() ? 0 : (int) Math.min(size, seq - firstSeq());
    }

    private long firstSeq() {
        return lastSeq - size + 1;
    }

    private Kept at(int index) {
        Kept kept = ring[(head + index) % ring.length];
        if (kept == null) {
            throw new IllegalStateException("no message at " + index + " of " + size);
        }
        return kept;
    }

    private void resize(int capacity) {
        @Nullable Kept[] unrolled = new @Nullable Kept[capacity];
        for (int i = 0; i < size; i++) {
            unrolled[i] = ring[(head + i) % ring.length];
        }
        ring = unrolled;
        head = 0;
    }
}
