package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One database's way to store a batch. Without state, safe for many threads. */
interface Appender {

    /**
     * Stores all drafts in one transaction, or none and throws {@link org.jdbi.v3.core.JdbiException}. No two of them
     * have the same {@link dev.realtime.messaging.RetryKey}; retries of earlier batches are found.
     *
     * @param handle committing each statement by itself
     */
    List<Appended.Stored> append(Handle handle, List<Draft> drafts);
}
