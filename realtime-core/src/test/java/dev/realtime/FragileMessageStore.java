package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Unread;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import dev.realtime.testkit.ForwardingMessageStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that can be told to fail, in the way a store should and in ways it should not. */
final class FragileMessageStore extends ForwardingMessageStore {
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

    FragileMessageStore() {
        super(new InMemoryMessageStore());
    }

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
            case WELL -> super.append(drafts);
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
        return super.history(query);
    }

    @Override
    public long lastSeq(RoomId room) {
        requireWell();
        return super.lastSeq(room);
    }

    @Override
    public List<Located> locate(Set<UUID> ids) {
        requireWell();
        return super.locate(ids);
    }

    @Override
    public void mark(List<Marker> markers) {
        requireWell();
        super.mark(markers);
    }

    @Override
    public Unread unread(UserId user, Collection<RoomId> also, int limit) {
        requireWell();
        return super.unread(user, also, limit);
    }

    private void requireWell() {
        switch (mood) {
            case WELL -> {}
            case DYING -> throw new AssertionError("an error in a store");
            case THROWING -> throw new IllegalStateException("a bug in a store");
            default -> throw new StoreException("the store is away");
        }
    }
}
