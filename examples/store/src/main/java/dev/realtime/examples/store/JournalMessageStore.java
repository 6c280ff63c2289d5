package dev.realtime.examples.store;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Reach;
import dev.realtime.messaging.Unread;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages in one file: each change is an entry of a {@link Journal} before it is done in memory, and all of them are
 * done again at the next start. Everything has to fit into memory, and one process may use the file. What is deleted
 * leaves the file when it is written anew: after each deletion and at each start.
 *
 * <p>Safe for many threads; changes wait for each other and for the disk, readers for neither.
 */
public final class JournalMessageStore implements MessageStore, AutoCloseable {
    private static final InMemoryMessageStore.Bounds BOUNDLESS =
            new InMemoryMessageStore.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final MessageStore memory = new InMemoryMessageStore(BOUNDLESS);
    private final Lock lock = new ReentrantLock();
    private final Journal journal;

    /** Opens the file, which is made when it is not there; {@link StoreException} when it cannot be read. */
    public JournalMessageStore(Path file) {
        journal = new Journal(file);
        journal.entries().forEach(this::redo);
        journal.rewrite(this::withoutWhatIsGone);
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        Payload entry = entry("append")
                .with("drafts", Payload.array(drafts.stream().map(Entries::of).toList()));
        lock.lock();
        try {
            journal.write(entry);
            return memory.append(drafts);
        } catch (StoreException away) {
            return drafts.stream()
                    .<Appended>map(draft -> new Appended.Failed(away))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void mark(List<Marker> markers) {
        change(entry("mark")
                .with("markers", Payload.array(markers.stream().map(Entries::of).toList())));
    }

    @Override
    public long deleteBefore(Instant moment) {
        return deleted(entry("deleteBefore").with("moment", Payload.of(moment.toString())));
    }

    @Override
    public long erase(UserId user) {
        return deleted(entry("erase").with("user", Payload.of(user.value())));
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return memory.history(query);
    }

    @Override
    public long lastSeq(RoomId room) {
        return memory.lastSeq(room);
    }

    @Override
    public List<Located> locate(Set<UUID> ids) {
        return memory.locate(ids);
    }

    @Override
    public Map<RoomId, Reach> reach(Set<RoomId> rooms) {
        return memory.reach(rooms);
    }

    @Override
    public Unread unread(UserId user, Collection<RoomId> also, int limit) {
        return memory.unread(user, also, limit);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            journal.close();
        } finally {
            lock.unlock();
        }
    }

    private long change(Payload entry) {
        lock.lock();
        try {
            journal.write(entry);
            return redo(entry);
        } finally {
            lock.unlock();
        }
    }

    private long deleted(Payload entry) {
        lock.lock();
        try {
            long count = change(entry);
            if (count > 0) {
                journal.rewrite(this::withoutWhatIsGone);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Does in memory what an entry says, and tells how many messages it deleted. */
    private long redo(Payload entry) {
        switch (Entries.text(entry, "do")) {
            case "append" ->
                memory.append(list(entry, "drafts").stream().map(Entries::draft).toList());
            case "mark" ->
                memory.mark(list(entry, "markers").stream().map(Entries::marker).toList());
            case "deleteBefore" -> {
                return memory.deleteBefore(Instant.parse(Entries.text(entry, "moment")));
            }
            case "erase" -> {
                return memory.erase(new UserId(Entries.text(entry, "user")));
            }
            default -> throw new StoreException("the journal has an entry of another version: " + entry.names());
        }
        return 0;
    }

    /** Messages that are deleted keep their place, so that doing all entries again gives the same numbers. */
    private Payload withoutWhatIsGone(Payload entry) {
        if (!Entries.text(entry, "do").equals("append")) {
            return entry;
        }
        return entry.with(
                "drafts",
                Payload.array(list(entry, "drafts").stream()
                        .map(draft -> isThere(draft) ? draft : Entries.emptied(draft))
                        .toList()));
    }

    private boolean isThere(Payload draft) {
        return !memory.locate(Set.of(UUID.fromString(Entries.text(draft, "id"))))
                .isEmpty();
    }

    private static Payload entry(String what) {
        return Payload.object().put("do", what).end();
    }

    private static List<Payload> list(Payload entry, String field) {
        return entry.get(field).orElseThrow().elements();
    }
}
