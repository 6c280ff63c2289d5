package dev.realtime.messaging;

import dev.realtime.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores messages in groups and announces them in order.
 *
 * <p>A transaction costs about the same for one message as for a hundred. So whoever brings a message to a quiet
 * lane leads it: it stores everything that waits there at that moment, announces and answers each message in the
 * order of its number, and looks again. Those who come meanwhile only leave their message. A lone message never
 * waits for company, and a busy lane forms larger groups by itself; no thread and no timer belongs to a lane.
 *
 * <p>A room always uses the same lane, so one leader at a time announces its messages: this is what makes the order
 * of delivery the order of numbers.
 */
final class GroupCommit {
    /** Groups a leader stores on its caller's thread before it hands the lane to another. */
    private static final int ROUNDS = 16;

    private final MessageStore store;
    private final MessageListener listener;
    private final Executor executor;
    private final MessagingSettings settings;
    private final List<Lane> lanes;

    GroupCommit(MessageStore store, MessageListener listener, Executor executor, MessagingSettings settings) {
        this.store = store;
        this.listener = listener;
        this.executor = executor;
        this.settings = settings;
        List<Lane> all = new ArrayList<>();
        for (int i = 0; i < settings.lanes(); i++) {
            all.add(new Lane());
        }
        this.lanes = List.copyOf(all);
    }

    /** Stores the draft with whatever company it finds; the future ends after the message was announced. */
    CompletableFuture<Message> submit(Draft draft, Target target) {
        Pending pending = new Pending(draft, target, new CompletableFuture<>());
        lanes.get(Math.floorMod(draft.room().hashCode(), lanes.size())).add(pending);
        return pending.result;
    }

    private record Pending(Draft draft, Target target, CompletableFuture<Message> result) {}

    private final class Lane {
        private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
        /** Messages added and not yet answered; who moves it from zero leads. */
        private final AtomicInteger unanswered = new AtomicInteger();

        void add(Pending pending) {
            if (unanswered.get() >= settings.maxWaiting()) {
                pending.result.completeExceptionally(
                        new StoreException("too many messages wait to be stored: " + settings.maxWaiting()));
                return;
            }
            waiting.add(pending);
            if (unanswered.getAndIncrement() == 0) {
                lead();
            }
        }

        private void lead() {
            for (int round = 0; round < ROUNDS; round++) {
                List<Pending> group = nextGroup();
                commit(group);
                if (unanswered.addAndGet(-group.size()) == 0) {
                    return;
                }
            }
            executor.execute(this::lead);
        }

        private List<Pending> nextGroup() {
            List<Pending> group = new ArrayList<>();
            // No more than were counted: one that is taken before it is counted would count below zero, and the next
            // one to come would find zero and lead beside us.
            int most = Math.min(settings.maxBatch(), unanswered.get());
            Pending next;
            while (group.size() < most && (next = waiting.poll()) != null) {
                group.add(next);
            }
            return group;
        }
    }

    private void commit(List<Pending> group) {
        List<Draft> drafts = new ArrayList<>(group.size());
        for (Pending pending : group) {
            drafts.add(pending.draft);
        }
        List<Appended> outcomes = append(drafts);
        for (int i = 0; i < group.size(); i++) {
            answer(group.get(i), outcomes.get(i));
        }
    }

    private List<Appended> append(List<Draft> drafts) {
        try {
            List<Appended> outcomes = store.append(drafts);
            return outcomes.size() == drafts.size()
                    ? outcomes
                    : failed(
                            drafts,
                            new StoreException(
                                    "the store answered for " + outcomes.size() + " of " + drafts.size() + " drafts"));
        } catch (RuntimeException | Error broken) {
            // A store that throws breaks its contract; the lane survives, and so do the messages behind these.
            return failed(drafts, new StoreException("the store threw on append", broken));
        }
    }

    private static List<Appended> failed(List<Draft> drafts, StoreException cause) {
        return drafts.stream()
                .<Appended>map(draft -> new Appended.Failed(cause))
                .toList();
    }

    private void answer(Pending pending, Appended outcome) {
        try {
            if (outcome instanceof Appended.Failed failed) {
                throw failed.cause();
            }
            Appended.Stored stored = (Appended.Stored) outcome;
            if (stored.isNew()) {
                listener.sent(stored.message(), pending.target);
            }
            pending.result.complete(stored.message());
        } catch (RuntimeException | Error failure) {
            // Whatever one message runs into, the lane goes on with the next.
            pending.result.completeExceptionally(failure);
        }
    }
}
