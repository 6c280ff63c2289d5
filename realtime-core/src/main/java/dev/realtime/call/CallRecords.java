package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import java.time.Instant;
import java.util.List;

/**
 * The calls that are over, for good.
 *
 * <p>Called on worker threads, where it may block; safe for many threads, and for several nodes on the same data.
 * {@link StoreException} when it cannot do its work; calls go on without it, and what was to be saved is brought again.
 */
public interface CallRecords {

    /** Keeps the record. One with the same id stands already when it is brought again, and stays as it is. */
    void save(CallRecord record);

    /**
     * The calls of which the user was a party that began before {@code before}, in the order of
     * {@link CallRecord#NEWEST_FIRST}; the first {@code limit} of them.
     */
    List<CallRecord> history(UserId user, Instant before, int limit);
}
