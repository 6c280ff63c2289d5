package dev.realtime.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Work that is done in groups because a group costs about what one does.
 *
 * <p>Whoever brings something to a quiet lane leads it: it works off everything that waits there at that moment as one
 * group, and looks again. Those who come meanwhile only leave what they bring. A lone one never waits for company, and
 * a busy lane forms larger groups by itself; no thread and no timer belongs to a lane. What has the same key always
 * uses the same lane, in the order in which it came, one group at a time.
 *
 * @param <T> what is brought
 */
final class Lanes<T> {
    /** Groups a leader works off on its caller's thread before it hands the lane to another. */
    private static final int ROUNDS = 16;

    private final Consumer<List<T>> work;
    private final Executor executor;
    private final MessagingSettings settings;
    private final List<Lane> lanes;

    /** {@code work} never throws; {@code executor} goes on with a lane that is busy for long. */
    Lanes(Consumer<List<T>> work, Executor executor, MessagingSettings settings) {
        this.work = work;
        this.executor = executor;
        this.settings = settings;
        List<Lane> all = new ArrayList<>();
        for (int i = 0; i < settings.lanes(); i++) {
            all.add(new Lane());
        }
        this.lanes = List.copyOf(all);
    }

    /** Brings one; {@code false} when too many wait already, and then it was not taken. */
    boolean bring(Object key, T one) {
        return lanes.get(Math.floorMod(key.hashCode(), lanes.size())).bring(one);
    }

    private final class Lane {
        private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
        /** Those brought and not yet worked off; who moves it from zero leads. */
        private final AtomicInteger open = new AtomicInteger();

        boolean bring(T one) {
            if (open.get() >= settings.maxWaiting()) {
                return false;
            }
            waiting.add(one);
            if (open.getAndIncrement() == 0) {
                lead();
            }
            return true;
        }

        private void lead() {
            for (int round = 0; round < ROUNDS; round++) {
                List<T> group = nextGroup();
                work.accept(group);
                if (open.addAndGet(-group.size()) == 0) {
                    return;
                }
            }
            executor.execute(this::lead);
        }

        private List<T> nextGroup() {
            List<T> group = new ArrayList<>();
            // No more than were counted: one that is taken before it is counted would count below zero, and the next
            // one to come would find zero and lead beside us.
            int most = Math.min(settings.maxBatch(), open.get());
            T next;
            while (group.size() < most && (next = waiting.poll()) != null) {
                group.add(next);
            }
            return group;
        }
    }
}
