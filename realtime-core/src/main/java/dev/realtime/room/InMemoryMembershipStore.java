package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The participants of one node, in its memory: bounded by its sessions and the rooms each may join. Safe for many
 * threads; one lock guards both directions, so that a room and a session never disagree.
 */
public final class InMemoryMembershipStore implements MembershipStore {
    private final Lock lock = new ReentrantLock();
    private final Map<RoomId, LinkedHashMap<SessionId, Participant>> byRoom = new HashMap<>();
    private final Map<SessionId, Set<RoomId>> bySession = new HashMap<>();

    /** An empty store. */
    public InMemoryMembershipStore() {}

    @Override
    public void add(RoomId room, Participant participant) {
        SessionId session = participant.session();
        lock.lock();
        try {
            LinkedHashMap<SessionId, Participant> inRoom =
                    byRoom.computeIfAbsent(room, absent -> new LinkedHashMap<>());
            inRoom.remove(session);
            inRoom.put(session, participant);
            bySession.computeIfAbsent(session, absent -> new LinkedHashSet<>()).add(room);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Participant> remove(RoomId room, SessionId session) {
        lock.lock();
        try {
            Participant gone = byRoom.getOrDefault(room, new LinkedHashMap<>()).remove(session);
            byRoom.computeIfPresent(room, (id, left) -> left.isEmpty() ? null : left);
            bySession.computeIfPresent(session, (id, rooms) -> {
                rooms.remove(room);
                return rooms.isEmpty() ? null : rooms;
            });
            return Optional.ofNullable(gone);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Participant> participants(RoomId room) {
        lock.lock();
        try {
            LinkedHashMap<SessionId, Participant> inRoom = byRoom.get(room);
            return inRoom == null ? List.of() : List.copyOf(inRoom.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(RoomId room, SessionId session) {
        lock.lock();
        try {
            return bySession.getOrDefault(session, Set.of()).contains(room);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<RoomId> roomsOf(SessionId session) {
        lock.lock();
        try {
            return Set.copyOf(bySession.getOrDefault(session, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<RoomId> rooms() {
        lock.lock();
        try {
            return Set.copyOf(byRoom.keySet());
        } finally {
            lock.unlock();
        }
    }
}
