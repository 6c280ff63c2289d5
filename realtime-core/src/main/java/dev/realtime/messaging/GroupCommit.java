package dev.realtime.messaging;

import dev.realtime.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Stores messages in groups and announces them in order. A room always uses the same lane, so one thread at a time
 * announces its messages: this is what makes the order of delivery the order of numbers.
 */
final class GroupCommit {
    private final MessageStore store;
    private final MessageListener listener;
    private final MessagingSettings settings;
    private final Lanes<Pending> lanes;

    GroupCommit(MessageStore store, MessageListener listener, Executor executor, MessagingSettings settings) {
        this.store = store;
        this.listener = listener;
        this.settings = settings;
        this.lanes = new Lanes<>(this::commit, executor, settings);
    }

    /** Stores the draft with whatever company it finds; the future ends after the message was announced. */
    CompletableFuture<Message> submit(Draft draft, Target target) {
        Pending pending = new Pending(draft, target, new CompletableFuture<>());
        if (!lanes.bring(draft.room(), pending)) {
            pending.result.completeExceptionally(
                    new StoreException("too many messages wait to be stored: " + settings.maxWaiting()));
        }
        return pending.result;
    }

    private record Pending(Draft draft, Target target, CompletableFuture<Message> result) {}

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
