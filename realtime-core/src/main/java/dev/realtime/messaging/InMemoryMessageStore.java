package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages in the memory of one node: gone with the process, shared with nobody. Bounded by {@link Bounds}: the oldest
 * messages of all rooms are forgotten first, and their client message ids with them, while a room's numbers go on.
 *
 * <p>Safe for many threads. One lock guards everything; under it an append is a few map operations, and what depends
 * on the length of a text is done outside.
 */
public final class InMemoryMessageStore implements MessageStore {

    /**
     * How much is kept; beyond it the oldest goes.
     *
     * @param messages how many messages over all rooms, at least 1
     * @param bytes how large they are together, by {@link Message#weight()}; the newest stays, however large
     * @param rooms how many rooms are remembered, at least 1. The one written to longest ago is forgotten with its messages,
     *     and would begin at number 1 again
     */
    public record Bounds(int messages, long bytes, int rooms) {
        /** 100,000 messages, 64 MB, 100,000 rooms. */
        public static final Bounds DEFAULT = new Bounds(100_000, 64L << 20, 100_000);

        /** Checks that each is at least 1. */
        public Bounds {
            if (messages < 1 || bytes < 1 || rooms < 1) {
                throw new IllegalArgumentException("a bound is at least 1");
            }
        }
    }

    private final Bounds bounds;
    private final Lock lock = new ReentrantLock();
    private final LinkedHashMap<RoomId, RoomLog> rooms = new LinkedHashMap<>();
    private final Map<RetryKey, Kept> retries = new HashMap<>();
    private final Map<VisitId, VisitLog> visits = new HashMap<>();
    private final LinkedHashSet<Kept> byAge = new LinkedHashSet<>();
    private long bytes;

    /** An empty store with {@link Bounds#DEFAULT}. */
    public InMemoryMessageStore() {
        this(Bounds.DEFAULT);
    }

    /** An empty store. */
    public InMemoryMessageStore(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        List<Weighed> weighed = drafts.stream().map(Weighed::of).toList();
        List<Appended> answers = new ArrayList<>(drafts.size());
        lock.lock();
        try {
            for (Weighed next : weighed) {
                answers.add(append(next));
            }
        } finally {
            lock.unlock();
        }
        return answers;
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        HistoryPager pager = new HistoryPager(query);
        lock.lock();
        try {
            if (query.source() instanceof HistoryQuery.OfRoom ofRoom) {
                readRoom(ofRoom.room(), query.cursor(), pager);
            } else if (query.source() instanceof HistoryQuery.OfVisit ofVisit) {
                readVisit(ofVisit.visit(), query.cursor(), pager);
            }
        } finally {
            lock.unlock();
        }
        return pager.page();
    }

    @Override
    public long lastSeq(RoomId room) {
        lock.lock();
        try {
            RoomLog log = rooms.get(room);
            return log == null ? 0 : log.lastSeq();
        } finally {
            lock.unlock();
        }
    }

    private Appended append(Weighed next) {
        Optional<RetryKey> key = RetryKey.of(next.draft());
        Optional<Kept> first = key.map(retries::get);
        if (first.isPresent()) {
            return new Appended.Stored(first.get().message(), false);
        }
        Kept kept = written(next.draft().room()).append(next.draft(), next.moment(), next.weight());
        key.ifPresent(present -> retries.put(present, kept));
        kept.message()
                .visit()
                .ifPresent(visit ->
                        visits.computeIfAbsent(visit, absent -> new VisitLog()).add(kept));
        byAge.add(kept);
        bytes += kept.weight();
        keepWithinBounds();
        return new Appended.Stored(kept.message(), true);
    }

    /** The room's log, from now on the one written to last. */
    private RoomLog written(RoomId room) {
        RoomLog known = rooms.remove(room);
        RoomLog log = known == null ? new RoomLog() : known;
        rooms.put(room, log);
        return log;
    }

    private void keepWithinBounds() {
        while (rooms.size() > bounds.rooms()) {
            Iterator<RoomLog> eldest = rooms.values().iterator();
            RoomLog log = eldest.next();
            eldest.remove();
            while (!log.isEmpty()) {
                forget(log.dropOldest());
            }
        }
        while (byAge.size() > bounds.messages() || (bytes > bounds.bytes() && byAge.size() > 1)) {
            forgetOldest(byAge.iterator().next());
        }
    }

    private void forgetOldest(Kept oldest) {
        RoomLog log = rooms.get(oldest.message().room());
        if (log != null) {
            forget(log.dropOldest());
        }
    }

    private void forget(Kept kept) {
        byAge.remove(kept);
        bytes -= kept.weight();
        kept.key().ifPresent(retries::remove);
        kept.message()
                .visit()
                .ifPresent(visit -> visits.computeIfPresent(visit, (id, log) -> {
                    log.remove(kept);
                    return log.isEmpty() ? null : log;
                }));
    }

    private void readRoom(RoomId room, HistoryQuery.Cursor cursor, HistoryPager pager) {
        RoomLog log = rooms.get(room);
        if (log == null) {
            return;
        }
        if (cursor instanceof HistoryQuery.AfterSeq after) {
            log.readOn(after.seq(), pager);
        } else if (cursor instanceof HistoryQuery.BeforeSeq before) {
            log.readBack(before.seq(), pager);
        } else if (cursor instanceof HistoryQuery.Before before) {
            log.readBack(log.firstSeqAt(before.moment()), pager);
        } else {
            log.readBack(Long.MAX_VALUE, pager);
        }
    }

    private void readVisit(VisitId visit, HistoryQuery.Cursor cursor, HistoryPager pager) {
        VisitLog log = visits.get(visit);
        if (log == null) {
            return;
        }
        if (cursor instanceof HistoryQuery.Before before) {
            log.readBack(before.moment(), pager);
        } else {
            log.readBack(pager);
        }
    }

    /** A draft with what takes time to find out. */
    private record Weighed(Draft draft, Instant moment, int weight) {
        static Weighed of(Draft draft) {
            Instant moment = draft.proposedAt().truncatedTo(ChronoUnit.MILLIS);
            return new Weighed(draft, moment, Message.of(draft, 0, moment).weight());
        }
    }
}
