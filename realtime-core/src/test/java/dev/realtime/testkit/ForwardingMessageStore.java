package dev.realtime.testkit;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Reach;
import dev.realtime.messaging.Unread;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A store that does what another does; tests change what they are about. */
public abstract class ForwardingMessageStore implements MessageStore {
    private final MessageStore other;

    /** Does what {@code other} does. */
    protected ForwardingMessageStore(MessageStore other) {
        this.other = other;
    }

    @Override
    public List<Appended> append(List<Draft> drafts) {
        return other.append(drafts);
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        return other.history(query);
    }

    @Override
    public long lastSeq(RoomId room) {
        return other.lastSeq(room);
    }

    @Override
    public List<Located> locate(Set<UUID> ids) {
        return other.locate(ids);
    }

    @Override
    public void mark(List<Marker> markers) {
        other.mark(markers);
    }

    @Override
    public Map<RoomId, Reach> reach(Set<RoomId> rooms) {
        return other.reach(rooms);
    }

    @Override
    public Unread unread(UserId user, Collection<RoomId> also, int limit) {
        return other.unread(user, also, limit);
    }

    @Override
    public long deleteBefore(Instant moment) {
        return other.deleteBefore(moment);
    }

    @Override
    public long erase(UserId user) {
        return other.erase(user);
    }
}
