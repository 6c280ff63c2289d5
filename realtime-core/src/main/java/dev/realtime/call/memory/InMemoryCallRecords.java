package dev.realtime.call.memory;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records of calls in memory, gone with the process; the ones saved last. Safe for many threads. */
public final class InMemoryCallRecords implements CallRecords {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CallId, CallRecord> records = new LinkedHashMap<>();
    private final Map<UserId, NavigableSet<CallRecord>> byUser = new HashMap<>();

    /** The last 100,000. */
    public InMemoryCallRecords() {
        this(100_000);
    }

    /** The last {@code capacity}. */
    public InMemoryCallRecords(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void save(CallRecord record) {
        lock.lock();
        try {
            if (records.putIfAbsent(record.id(), record) == null) {
                add(record.caller(), record);
                add(record.callee(), record);
                forgetBeyondCapacity();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<CallRecord> history(UserId user, Instant before, int limit) {
        lock.lock();
        try {
            return byUser.getOrDefault(user, new TreeSet<>(CallRecord.NEWEST_FIRST)).stream()
                    .dropWhile(record -> !record.startedAt().isBefore(before))
                    .limit(limit)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void add(UserId user, CallRecord record) {
        byUser.computeIfAbsent(user, absent -> new TreeSet<>(CallRecord.NEWEST_FIRST))
                .add(record);
    }

    private void forgetBeyondCapacity() {
        if (records.size() > capacity) {
            CallRecord oldest = records.values().iterator().next();
            records.remove(oldest.id());
            byUser.computeIfPresent(oldest.caller(), (user, known) -> without(known, oldest));
            byUser.computeIfPresent(oldest.callee(), (user, known) -> without(known, oldest));
        }
    }

    private static @Nullable NavigableSet<CallRecord> without(NavigableSet<CallRecord> known, CallRecord record) {
        known.remove(record);
        return known.isEmpty() ? null : known;
    }
}
