package dev.realtime.messaging.memory;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Reach;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of users in rooms: their markers, and which rooms are theirs. Bounded; who was heard of longest ago is
 * forgotten first, and then counts as somebody who has read nothing. Guarded by the store's lock.
 */
final class Members {
    private final int most;
    private final LinkedHashMap<Member, Marker> markers = new LinkedHashMap<>();
    private final Map<RoomId, Set<UserId>> users = new HashMap<>();
    private final Map<UserId, Set<RoomId>> rooms = new HashMap<>();
    private final Map<RoomId, Reach> reach = new HashMap<>();

    Members(int most) {
        this.most = most;
    }

    private record Member(RoomId room, UserId user) {}

    /** The room is from now on one of the user's. */
    void list(RoomId room, UserId user) {
        touch(new Member(room, user), null);
        rooms.computeIfAbsent(user, first -> new LinkedHashSet<>()).add(room);
    }

    /** Moves the user's marker on; a room that was read is one of the user's. */
    void mark(Marker marker) {
        touch(new Member(marker.room(), marker.user()), marker);
        reach.merge(marker.room(), Reach.NONE.with(marker), (known, first) -> known.with(marker));
        if (marker.read() > 0) {
            rooms.computeIfAbsent(marker.user(), first -> new LinkedHashSet<>()).add(marker.room());
        }
    }

    Set<RoomId> roomsOf(UserId user) {
        return rooms.getOrDefault(user, Set.of());
    }

    long readSeq(RoomId room, UserId user) {
        Marker marker = markers.get(new Member(room, user));
        return marker == null ? 0 : marker.read();
    }

    Reach reach(RoomId room) {
        return reach.getOrDefault(room, Reach.NONE);
    }

    void forget(RoomId room) {
        for (UserId user : Set.copyOf(users.getOrDefault(room, Set.of()))) {
            remove(new Member(room, user));
        }
        reach.remove(room);
    }

    /** Forgets the user, also in what others have received and read. */
    void forget(UserId user, Set<RoomId> all) {
        for (RoomId room : all) {
            Set<UserId> there = users.getOrDefault(room, Set.of());
            if (there.contains(user)) {
                remove(new Member(room, user));
                reach.computeIfPresent(room, (id, old) -> reachOf(id));
            }
        }
    }

    private void touch(Member member, @Nullable Marker marker) {
        Marker known = markers.remove(member);
        Marker first = known == null ? Marker.delivered(member.room(), member.user(), 0) : known;
        markers.put(member, marker == null ? first : first.and(marker));
        users.computeIfAbsent(member.room(), empty -> new LinkedHashSet<>()).add(member.user());
        while (markers.size() > most) {
            remove(markers.keySet().iterator().next());
        }
    }

    private void remove(Member member) {
        markers.remove(member);
        take(users, member.room(), member.user());
        take(rooms, member.user(), member.room());
    }

    private Reach reachOf(RoomId room) {
        Reach found = Reach.NONE;
        for (UserId user : users.getOrDefault(room, Set.of())) {
            Marker marker = markers.get(new Member(room, user));
            found = marker == null ? found : found.with(marker);
        }
        return found;
    }

    private static <K, V> void take(Map<K, Set<V>> from, K key, V value) {
        from.computeIfPresent(key, (same, values) -> {
            values.remove(value);
            return values.isEmpty() ? null : values;
        });
    }
}
