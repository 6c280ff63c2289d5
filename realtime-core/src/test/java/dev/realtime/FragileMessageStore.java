package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.InMemoryMessageStore;
import dev.realtime.messaging.MessageStore;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that can be told to fail, in the way a store should and in ways it should not. */
final class FragileMessageStore implements MessageStore {
    enum Mood {
        WELL,
        FAILING,
        THROWING,
        FORGETFUL,
        DYING
    }

    volatile Mood mood = Mood.WELL;
    private final Semaphore gate = new Semaphore(1);
    private final AtomicInteger largest = new AtomicInteger();
    private final MessageStore well = new InMemoryMessageStore();

    /** Whoever stores waits from now on. */
    void hold() {
        gate.acquireUninterruptibly();
    }

    boolean isSomebodyHeld() {
        return gate.hasQueuedThreads();
    }

    /** Those who wait go on. */
    void letGo() {
        gate.release();
    }

    /** The most messages that were stored at once. */
    int largestBatch() {
        return largest.get();
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        gate.acquireUninterruptibly();
        gate.release();
        largest.accumulateAndGet(drafts.size(), Math::max);
        return switch (mood) {
            case WELL -> well.append(drafts);
            case FAILING ->
                drafts.stream()
                        .<Appended>map(draft -> new Appended.Failed(new StoreException("the store is away")))
                        .toList();
            case THROWING -> throw new IllegalStateException("a bug in a store");
            case FORGETFUL -> List.of();
            case DYING -> throw new AssertionError("an error in a store");
        };
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        requireWell();
        return well.history(query);
    }

    @Override
    public long lastSeq(RoomId room) {
        requireWell();
        return well.lastSeq(room);
    }

    private void requireWell() {
        if (mood != Mood.WELL) {
            throw new StoreException("the store is away");
        }
    }
}
