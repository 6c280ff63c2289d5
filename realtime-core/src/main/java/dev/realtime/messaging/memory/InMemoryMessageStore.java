package dev.realtime.messaging.memory;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryPager;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Reach;
import dev.realtime.messaging.RetryKey;
import dev.realtime.messaging.Unread;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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
     * @param members of how many users in rooms it is remembered how far they have come, at least 1. Who was heard of
     *     longest ago is forgotten first, and then has read nothing
     */
    public record Bounds(int messages, long bytes, int rooms, int members) {
        /** 100,000 messages, 64 MB, 100,000 rooms, 200,000 members. */
        public static final Bounds DEFAULT = new Bounds(100_000, 64L << 20, 100_000, 200_000);

        /** Checks that each is at least 1. */
        public Bounds {
            if (messages < 1 || bytes < 1 || rooms < 1 || members < 1) {
                throw new IllegalArgumentException("a bound is at least 1");
            }
        }
    }

    private static final RoomLog NOTHING = new RoomLog();

    private final Bounds bounds;
    private final Lock lock = new ReentrantLock();
    private final LinkedHashMap<RoomId, RoomLog> rooms = new LinkedHashMap<>();
    private final Map<RetryKey, Kept> retries = new HashMap<>();
    private final Map<VisitId, VisitLog> visits = new HashMap<>();
    private final Map<UUID, Kept> byId = new HashMap<>();
    private final LinkedHashSet<Kept> byAge = new LinkedHashSet<>();
    private final Members members;
    private long bytes;

    /** An empty store with {@link Bounds#DEFAULT}. */
    public InMemoryMessageStore() {
        this(Bounds.DEFAULT);
    }

    /** An empty store. */
    public InMemoryMessageStore(Bounds bounds) {
        this.bounds = bounds;
        this.members = new Members(bounds.members());
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        List<Weighed> weighed = drafts.stream().map(Weighed::of).toList();
        List<Appended> answers = new ArrayList<>(drafts.size());
        return locked(() -> {
            weighed.forEach(next -> answers.add(append(next)));
            return answers;
        });
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return locked(() -> {
            HistoryPager pager = new HistoryPager(query);
            if (query.source() instanceof HistoryQuery.OfRoom ofRoom) {
                readRoom(ofRoom.room(), query.cursor(), pager);
            } else if (query.source() instanceof HistoryQuery.OfVisit ofVisit) {
                readVisit(ofVisit.visit(), query.cursor(), pager);
            }
            return pager.page();
        });
    }

    @Override
    public long lastSeq(RoomId room) {
        return locked(() -> log(room).lastSeq());
    }

    @Override
    public List<Located> locate(Set<UUID> ids) {
        return locked(() -> ids.stream()
                .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
                .map(Kept::message)
                .map(found -> new Located(found.id(), found.room(), found.seq(), found.sender()))
                .toList());
    }

    @Override
    public void mark(List<Marker> markers) {
        locked(() -> {
            markers.forEach(members::mark);
            return markers;
        });
    }

    @Override
    public Map<RoomId, Reach> reach(Set<RoomId> asked) {
        return locked(() -> {
            Map<RoomId, Reach> found = new HashMap<>();
            asked.forEach(room -> found.put(room, members.reach(room)));
            return found;
        });
    }

    @Override
    public Unread unread(UserId user, Collection<RoomId> also, int limit) {
        return locked(() -> {
            Set<RoomId> theirs = new HashSet<>(members.roomsOf(user));
            theirs.addAll(also);
            theirs.removeIf(room -> !rooms.containsKey(room) || log(room).isEmpty());
            List<Unread.OfRoom> all = theirs.stream()
                    .sorted(Comparator.comparing((RoomId room) -> log(room).lastMoment())
                            .reversed()
                            .thenComparing(RoomId::value))
                    .map(room -> unread(user, room))
                    .toList();
            long total = all.stream().mapToLong(Unread.OfRoom::unread).sum();
            return new Unread(all.subList(0, Math.min(limit, all.size())), total);
        });
    }

    @Override
    public long deleteBefore(Instant moment) {
        return locked(() -> {
            int before = byAge.size();
            for (RoomLog log : rooms.values()) {
                while (!log.isEmpty() && log.oldest().moment().isBefore(moment)) {
                    forget(log.dropOldest());
                }
            }
            return (long) before - byAge.size();
        });
    }

    @Override
    public long erase(UserId user) {
        return locked(() -> {
            int before = byAge.size();
            for (RoomLog log : rooms.values()) {
                log.saidBy(user).forEach(this::forget);
                log.erase(user);
            }
            members.forget(user, rooms.keySet());
            rooms.keySet().stream()
                    .filter(room -> room.parties().contains(user))
                    .forEach(room -> members.list(room, user));
            return (long) before - byAge.size();
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private RoomLog log(RoomId room) {
        return rooms.getOrDefault(room, NOTHING);
    }

    private Unread.OfRoom unread(UserId user, RoomId room) {
        long readSeq = members.readSeq(room, user);
        RoomLog log = log(room);
        return new Unread.OfRoom(room, log.unread(user, readSeq), log.lastSeq(), readSeq);
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
        byId.put(kept.message().id(), kept);
        bytes += kept.weight();
        members.list(kept.message().room(), kept.message().sender());
        Message stored = kept.message();
        keepWithinBounds();
        return new Appended.Stored(stored, true);
    }

    /** The room's log, from now on the one written to last. */
    private RoomLog written(RoomId room) {
        RoomLog known = rooms.remove(room);
        RoomLog log = known == null ? new RoomLog() : known;
        rooms.put(room, log);
        if (known == null) {
            room.parties().forEach(user -> members.list(room, user));
        }
        return log;
    }

    private void keepWithinBounds() {
        while (rooms.size() > bounds.rooms()) {
            Iterator<Map.Entry<RoomId, RoomLog>> eldest = rooms.entrySet().iterator();
            Map.Entry<RoomId, RoomLog> room = eldest.next();
            eldest.remove();
            members.forget(room.getKey());
            while (!room.getValue().isEmpty()) {
                forget(room.getValue().dropOldest());
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
        if (kept.isErased()) {
            return;
        }
        byAge.remove(kept);
        byId.remove(kept.message().id());
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
        RoomLog log = log(room);
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
