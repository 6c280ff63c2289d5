package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.error.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The bindings of one node, in its memory. Clients can add to them, so there is a bound; at it a further room is
 * refused with {@link StoreException} and stays unbound. A binding is never forgotten to make place: it keeps others
 * from the room's messages. Safe for many threads.
 */
public final class InMemoryRoomBindings implements RoomBindings {
    /** How many rooms are bound at most, unless told otherwise. */
    public static final int DEFAULT_MAX_BINDINGS = 100_000;

    private final int maxBindings;
    private final Semaphore free;
    private final Map<RoomId, VisitId> bindings = new ConcurrentHashMap<>();

    /** No bindings, and place for {@value #DEFAULT_MAX_BINDINGS}. */
    public InMemoryRoomBindings() {
        this(DEFAULT_MAX_BINDINGS);
    }

    /** No bindings, and place for {@code maxBindings}. */
    public InMemoryRoomBindings(int maxBindings) {
        this.maxBindings = maxBindings;
        this.free = new Semaphore(maxBindings);
    }

    @Override
    public Optional<VisitId> find(RoomId room) {
        return Optional.ofNullable(bindings.get(room));
    }

    @Override
    public VisitId bind(RoomId room, VisitId visit) {
        return bindings.computeIfAbsent(room, unbound -> {
            if (!free.tryAcquire()) {
                throw new StoreException("room " + room + " cannot be bound: there are " + maxBindings + " bindings");
            }
            return visit;
        });
    }
}
