package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a user has not read, and which rooms are a user's. */
interface MessageUnread extends TestedMessageStore {

    @Test
    default void whatOthersSentAfterTheMarkerIsUnread() {
        UserId user = freshUser();
        RoomId room = new RoomId("chat:" + user + ":ben");
        say(room, "ben", 3);
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 3, 3, 0));
        store().mark(List.of(Marker.read(room, user, 2)));
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 1, 3, 2));
        say(room, user.value(), 2);
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 1, 5, 2));
        say(room, "ben", 1);
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 2, 6, 2));
        store().mark(List.of(Marker.read(room, user, 4)));
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 1, 6, 4));
        store().mark(List.of(Marker.read(room, user, 6)));
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 0, 6, 6));
    }

    @Test
    default void receivingIsNotReading() {
        UserId user = freshUser();
        RoomId room = new RoomId("chat:" + user + ":ben");
        say(room, "ben", 2);
        store().mark(List.of(Marker.delivered(room, user, 2)));
        assertThat(unread(user)).containsExactly(new Unread.OfRoom(room, 2, 2, 0));
    }

    @Test
    default void aUsersRoomsAreChatsThatNameHimRoomsHeUsedAndThoseAskedFor() {
        UserId user = freshUser();
        RoomId named = new RoomId("chat:aa:" + user + ":zz");
        RoomId spoken = Drafts.freshRoom();
        RoomId read = Drafts.freshRoom();
        RoomId received = Drafts.freshRoom();
        RoomId asked = Drafts.freshRoom();
        RoomId empty = Drafts.freshRoom();
        RoomId prefixed = new RoomId("chat:" + user + "x:ben");
        for (RoomId room : List.of(named, read, received, asked, prefixed)) {
            say(room, "ben", 1);
        }
        say(spoken, user.value(), 1);
        store().mark(List.of(Marker.read(read, user, 1), Marker.delivered(received, user, 1)));
        assertThat(store().unread(user, List.of(asked, empty, named), 100).rooms())
                .extracting(Unread.OfRoom::room)
                .containsExactlyInAnyOrder(named, spoken, read, asked);
        assertThat(unread(user)).extracting(Unread.OfRoom::room).containsExactlyInAnyOrder(named, spoken, read);
        assertThat(store().unread(freshUser(), List.of(), 100)).isEqualTo(new Unread(List.of(), 0));
    }

    @Test
    default void theRoomWithTheNewestMessageComesFirstAndTheTotalCountsAll() {
        UserId user = freshUser();
        List<RoomId> rooms = IntStream.range(0, 7)
                .mapToObj(i -> new RoomId("chat:" + user + ":with-" + i))
                .toList();
        for (int i = 0; i < rooms.size(); i++) {
            stored(Drafts.in(rooms.get(i))
                    .from("ben")
                    .at(Drafts.NOON.plusSeconds(i % 5))
                    .saying("m"));
        }
        Unread listed = store().unread(user, List.of(), 4);
        assertThat(listed.rooms())
                .extracting(Unread.OfRoom::room)
                .containsExactly(rooms.get(4), rooms.get(3), rooms.get(2), rooms.get(1));
        assertThat(listed.total()).isEqualTo(7);
        assertThat(unread(user))
                .extracting(Unread.OfRoom::room)
                .endsWith(rooms.get(1), rooms.get(6), rooms.get(0), rooms.get(5));
    }

    @Test
    default void theCountEqualsARecountAfterManyChanges() {
        Random random = Races.random();
        List<UserId> users = List.of(freshUser(), freshUser(), freshUser());
        List<RoomId> rooms = List.of(Drafts.freshRoom(), Drafts.freshRoom());
        List<Message> messages = new ArrayList<>();
        Map<List<Object>, Long> read = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            UserId user = users.get(random.nextInt(3));
            RoomId room = rooms.get(random.nextInt(2));
            long last = messages.stream().filter(m -> m.room().equals(room)).count();
            if (last == 0 || random.nextInt(2) == 0) {
                messages.add(stored(Drafts.in(room).from(user.value()).saying("m" + i)));
            } else {
                long seq = 1L + random.nextInt((int) last);
                (random.nextBoolean() ? store() : another().orElse(store()))
                        .mark(List.of(Marker.read(room, user, seq)));
                read.merge(List.of(room, user), seq, Math::max);
            }
            for (UserId each : users) {
                assertCounts(each, rooms, messages, read);
            }
        }
    }

    private void assertCounts(UserId user, List<RoomId> rooms, List<Message> messages, Map<List<Object>, Long> read) {
        for (Unread.OfRoom counted : store().unread(user, rooms, 10).rooms()) {
            long upTo = read.getOrDefault(List.of(counted.room(), user), 0L);
            assertThat(counted.lastReadSeq()).isEqualTo(upTo);
            assertThat(counted.unread())
                    .isEqualTo(messages.stream()
                            .filter(message -> message.room().equals(counted.room()))
                            .filter(message ->
                                    message.seq() > upTo && !message.sender().equals(user))
                            .count());
        }
    }

    private List<Unread.OfRoom> unread(UserId user) {
        return store().unread(user, List.of(), 100).rooms();
    }

    private void say(RoomId room, String sender, int times) {
        for (int i = 0; i < times; i++) {
            stored(Drafts.in(room).from(sender).saying("m" + i));
        }
    }

    private static UserId freshUser() {
        return new UserId("user-" + UUID.randomUUID());
    }
}
