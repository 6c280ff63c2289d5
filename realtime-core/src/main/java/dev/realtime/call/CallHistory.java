package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the calls of a user that are over, also those whose record is on its way to the store. Safe for many threads.
 */
record CallHistory(CallStores stores) {
    /** How many calls may be added to a page so that it does not split those that began in one millisecond. */
    private static final int TIES = 200;

    CallPage page(UserId user, Instant before, int limit) {
        List<CallRecord> found = newest(user, before, limit + 1);
        if (found.size() > limit && isTied(found, limit)) {
            found = newest(user, before, limit + TIES + 1);
        }
        int end = Math.min(limit, found.size());
        while (end < found.size() && end < limit + TIES && isTied(found, end)) {
            end++;
        }
        return new CallPage(found.subList(0, end), end < found.size());
    }

    /** What is not recorded yet is read first: it may be by the time the records are read. */
    private List<CallRecord> newest(UserId user, Instant before, int count) {
        Map<CallId, CallRecord> found = new LinkedHashMap<>();
        stores.live().callsOf(user).stream()
                .filter(call -> call.isOver() && call.startedAt().isBefore(before))
                .forEach(call -> found.put(call.id(), CallRecord.of(call)));
        stores.records().history(user, before, count).forEach(record -> found.put(record.id(), record));
        return found.values().stream()
                .sorted(CallRecord.NEWEST_FIRST)
                .limit(count)
                .toList();
    }

    private static boolean isTied(List<CallRecord> records, int index) {
        return records.get(index - 1).startedAt().equals(records.get(index).startedAt());
    }
}
