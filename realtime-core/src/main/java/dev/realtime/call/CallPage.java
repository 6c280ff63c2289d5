package dev.realtime.call;

import java.util.List;

/**
 * Some calls of a user that are over, the newest first.
 *
 * @param calls the calls
 * @param hasMore whether there are older ones
 */
public record CallPage(List<CallRecord> calls, boolean hasMore) {
    /** Copies the list. */
    public CallPage {
        calls = List.copyOf(calls);
    }
}
