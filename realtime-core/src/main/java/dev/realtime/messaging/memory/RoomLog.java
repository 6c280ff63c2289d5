package dev.realtime.messaging.memory;

import dev.realtime.address.UserId;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPager;
import dev.realtime.messaging.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one room in a ring, found by number or by moment without a search through all. Numbers go on after
 * old messages are forgotten, and an erased message leaves its place empty. Guarded by the store's lock.
 */
final class RoomLog {
    private static final int FIRST_CAPACITY = 4;

    private final Map<UserId, Numbers> bySender = new HashMap<>();
    private final Numbers erased = new Numbers();
    private @Nullable Kept[] ring = new @Nullable Kept[FIRST_CAPACITY];
    private int head;
    private int size;
    private int alive;
    private long lastSeq;
    private Instant lastMoment = Instant.MIN;

    long lastSeq() {
        return lastSeq;
    }

    /** When something was said last. */
    Instant lastMoment() {
        return lastMoment;
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
        alive++;
        lastSeq++;
        lastMoment = moment;
        bySender.computeIfAbsent(draft.sender(), first -> new Numbers()).add(lastSeq);
        return kept;
    }

    /** Whether no message is left. */
    boolean isEmpty() {
        return alive == 0;
    }

    /** The place of the oldest, erased or not. There is one unless the log is empty. */
    Kept oldest() {
        return at(0);
    }

    /** Forgets the oldest place and tells what was there. */
    Kept dropOldest() {
        Kept oldest = at(0);
        long seq = firstSeq();
        if (oldest.isErased()) {
            erased.dropThrough(seq);
        } else {
            alive--;
            bySender.computeIfPresent(oldest.message().sender(), (sender, numbers) -> {
                numbers.dropThrough(seq);
                return numbers.isEmpty() ? null : numbers;
            });
        }
        ring[head] = null;
        head = (head + 1) % ring.length;
        size--;
        if (size < ring.length / 4 && ring.length > FIRST_CAPACITY) {
            resize(ring.length / 2);
        }
        return oldest;
    }

    /** All that a user has said and that is still there. */
    List<Kept> saidBy(UserId sender) {
        List<Kept> said = new ArrayList<>();
        for (int i = 0; i < size && bySender.containsKey(sender); i++) {
            if (!at(i).isErased() && at(i).message().sender().equals(sender)) {
                said.add(at(i));
            }
        }
        return said;
    }

    /** Empties the places of all that a user has said. */
    void erase(UserId sender) {
        for (Kept kept : saidBy(sender)) {
            erased.add(kept.message().seq());
            kept.erase();
            alive--;
        }
        bySender.remove(sender);
        while (size > 0 && at(0).isErased()) {
            dropOldest();
        }
    }

    /** How many messages of others come after the one with this number. */
    long unread(UserId user, long readSeq) {
        long read = Math.max(readSeq, firstSeq() - 1);
        Numbers own = bySender.get(user);
        return Math.max(0, lastSeq - read) - erased.countAfter(read) - (own == null ? 0 : own.countAfter(read));
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
            if (at(middle).moment().isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return firstSeq() + low;
    }

    private boolean offer(int index, HistoryPager pager) {
        Kept kept = at(index);
        return kept.isErased() || pager.offer(kept.message(), kept.weight());
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
