package dev.realtime.call;

import dev.realtime.error.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Sees that the record of a call that is over is stored. Until it is, the call stays among those that live, with a
 * deadline for the next attempt, by whatever node; so nobody waits for a store that is away, and nothing is lost with
 * the node that ended the call. After a while a record is given up. Safe for many threads.
 */
final class CallKeeper {
    private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(15);

    private final CallStores stores;
    private final InstantSource time;
    private final Executor workers;
    private final Duration patience;

    CallKeeper(CallStores stores, InstantSource time, Executor workers, Duration patience) {
        this.stores = stores;
        this.time = time;
        this.workers = workers;
        this.patience = patience;
    }

    /** When a record that could not be stored at {@code now} is tried again. */
    static Instant nextAttempt(Instant now) {
        return now.plus(NEXT_ATTEMPT);
    }

    /** Stores the record on a thread of its own. */
    void keepLater(Call over) {
        workers.execute(() -> keep(over));
    }

    /** Stores the record, or leaves it for later. */
    void keep(Call over) {
        Instant now = time.instant();
        if (now.isAfter(over.over().at().plus(patience))) {
            stores.live().remove(over.id());
            return;
        }
        try {
            stores.records().save(CallRecord.of(over));
            stores.live().remove(over.id());
        } catch (StoreException away) {
            stores.live().replace(over, over.next(Optional.of(nextAttempt(now))));
        }
    }
}
