package dev.realtime.presence;

import dev.realtime.error.StoreException;
import dev.realtime.testkit.ForwardingPresenceStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store in memory that can be away, hang, or forget everything. */
public final class FragilePresenceStore extends ForwardingPresenceStore {
    public volatile boolean isAway;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicInteger held = new AtomicInteger();

    public FragilePresenceStore() {
        super(new InMemoryPresenceStore());
    }

    public void forgetEverything() {
        replace(new InMemoryPresenceStore());
    }

    /** Each call hangs from now on. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void letGo() {
        gate.countDown();
    }

    /** How many calls hang. */
    public int held() {
        return held.get();
    }

    @Override
    protected <T> T call(Supplier<T> step) {
        held.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", hurried);
        } finally {
            held.decrementAndGet();
        }
        if (isAway) {
            throw new StoreException("the store is away");
        }
        return super.call(step);
    }
}
