package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Located;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStatus;
import dev.realtime.messaging.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How far users have come: messages are found by id, markers never move back, and status follows from them. */
interface MessageMarkers extends TestedMessageStore {
    UserId ANA = new UserId("ana");
    UserId BEN = new UserId("ben");
    UserId CAT = new UserId("cat");

    @Test
    default void messagesAreFoundByTheirIdsAndOthersAreLeftOut() {
        Message first = stored(Drafts.in(Drafts.freshRoom()).from("ana").saying("1"));
        Message other = stored(Drafts.in(Drafts.freshRoom()).from("ben").saying("2"));
        assertThat(store().locate(Set.of(first.id(), UUID.randomUUID(), other.id())))
                .containsExactlyInAnyOrder(
                        new Located(first.id(), first.room(), 1, ANA), new Located(other.id(), other.room(), 1, BEN));
        assertThat(store().locate(Set.of(UUID.randomUUID()))).isEmpty();
        assertThat(store().locate(Set.of())).isEmpty();
    }

    @Test
    default void aMessageIsSentUntilAnotherUserHasItAndThenReadsIt() {
        RoomId room = Drafts.freshRoom();
        Message first = stored(Drafts.in(room).from("ana").saying("1"));
        Message second = stored(Drafts.in(room).from("ana").saying("2"));
        assertStatus(first, MessageStatus.SENT);
        mark(Marker.read(room, ANA, 2));
        assertStatus(first, MessageStatus.SENT);
        mark(Marker.delivered(room, BEN, 2));
        assertStatus(first, MessageStatus.DELIVERED);
        mark(Marker.read(room, CAT, 1));
        assertStatus(first, MessageStatus.READ);
        assertStatus(second, MessageStatus.DELIVERED);
    }

    @Test
    default void readingImpliesDelivery() {
        RoomId room = Drafts.freshRoom();
        Message message = stored(Drafts.in(room).from("ana").saying("1"));
        mark(Marker.read(room, BEN, 1));
        assertThat(reach(room).delivered().seq()).isEqualTo(1);
        assertStatus(message, MessageStatus.READ);
    }

    @Test
    default void markersNeverMoveBack() {
        RoomId room = Drafts.freshRoom();
        List<Message> messages = List.of(
                stored(Drafts.in(room).from("ana").saying("1")),
                stored(Drafts.in(room).from("ana").saying("2")));
        mark(Marker.read(room, BEN, 2));
        mark(Marker.read(room, BEN, 1));
        mark(Marker.delivered(room, BEN, 1));
        messages.forEach(message -> assertStatus(message, MessageStatus.READ));
        assertThat(unreadIn(room, BEN).lastReadSeq()).isEqualTo(2);
    }

    @Test
    default void ofOneCallTheFurthestMarkerCounts() {
        RoomId room = Drafts.freshRoom();
        Message message = stored(Drafts.in(room).from("ana").saying("1"));
        Message later = stored(Drafts.in(room).from("ana").saying("2"));
        store().mark(List.of(Marker.read(room, BEN, 1), Marker.delivered(room, BEN, 2), Marker.read(room, BEN, 1)));
        assertStatus(message, MessageStatus.READ);
        assertStatus(later, MessageStatus.DELIVERED);
        store().mark(List.of());
    }

    @Test
    default void theStatusOfAnyonesMessageFollowsFromTheMarkersOfTheOthers() {
        Random random = Races.random();
        RoomId room = Drafts.freshRoom();
        List<Message> messages = new ArrayList<>();
        Map<UserId, Marker> markers = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            UserId user = new UserId("user-" + random.nextInt(4));
            if (messages.isEmpty() || random.nextInt(3) == 0) {
                messages.add(stored(Drafts.in(room).from(user.value()).saying("m" + i)));
            } else {
                long seq = 1L + random.nextInt(messages.size());
                Marker marker = random.nextBoolean() ? Marker.read(room, user, seq) : Marker.delivered(room, user, seq);
                mark(marker);
                markers.merge(user, marker, Marker::and);
            }
            Message message = messages.get(random.nextInt(messages.size()));
            assertStatus(message, expected(message, markers));
        }
    }

    private static MessageStatus expected(Message message, Map<UserId, Marker> markers) {
        List<Marker> others = markers.values().stream()
                .filter(marker -> !marker.user().equals(message.sender()))
                .toList();
        if (others.stream().anyMatch(marker -> marker.read() >= message.seq())) {
            return MessageStatus.READ;
        }
        return others.stream().anyMatch(marker -> marker.delivered() >= message.seq())
                ? MessageStatus.DELIVERED
                : MessageStatus.SENT;
    }

    @Test
    default void aMarkerOfOneStoreCountsInAnotherOnTheSameData() {
        RoomId room = Drafts.freshRoom();
        Message message = stored(Drafts.in(room).from("ana").saying("1"));
        another().orElse(store()).mark(List.of(Marker.read(room, BEN, 1)));
        assertStatus(message, MessageStatus.READ);
    }

    @Test
    default void racingMarkersEndAtTheFurthest() throws Exception {
        List<RoomId> rooms = List.of(Drafts.freshRoom(), Drafts.freshRoom(), Drafts.freshRoom());
        for (RoomId room : rooms) {
            for (int i = 0; i < 40; i++) {
                stored(Drafts.in(room).from("ana").saying("m" + i));
            }
        }
        long seed = Races.random().nextLong();
        Races.together(16, racer -> {
            Random random = new Random(seed + racer);
            for (int i = 0; i < 20; i++) {
                List<Marker> markers = new ArrayList<>();
                for (int j = 0; j < 6; j++) {
                    UserId user = new UserId("reader-" + random.nextInt(3));
                    markers.add(Marker.read(rooms.get(random.nextInt(3)), user, 1 + random.nextInt(39)));
                }
                (racer % 2 == 0 ? store() : another().orElse(store())).mark(markers);
                store().append(List.of(Drafts.in(rooms.get(random.nextInt(3)))
                        .from("reader-" + random.nextInt(3))
                        .saying("meanwhile")));
            }
            store().mark(rooms.stream()
                    .map(room -> Marker.read(room, new UserId("reader-" + racer % 3), 40))
                    .toList());
            return true;
        });
        for (RoomId room : rooms) {
            assertThat(reach(room).read().seq()).isEqualTo(40);
            assertThat(reach(room).read().others()).isEqualTo(40);
        }
    }

    private void mark(Marker marker) {
        store().mark(List.of(marker));
    }

    private Reach reach(RoomId room) {
        return store().reach(Set.of(room)).getOrDefault(room, Reach.NONE);
    }

    private void assertStatus(Message message, MessageStatus status) {
        assertThat(reach(message.room()).statusOf(message)).as(message.text()).isEqualTo(status);
    }
}
