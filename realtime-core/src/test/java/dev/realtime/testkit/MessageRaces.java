package dev.realtime.testkit;

import static dev.realtime.testkit.TestedMessageStore.appendTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads, and where data is shared two stores, at once. */
interface MessageRaces extends TestedMessageStore {
    /** Threads in a race. */
    int RACERS = 32;

    @Test
    default void manyThreadsInOneRoomLeaveNoGapAndLoseNothing() throws Exception {
        RoomId room = Drafts.freshRoom();
        int each = 25;
        List<List<Message>> stored = Races.together(RACERS, racer -> {
            List<Message> mine = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Drafts draft = Drafts.in(room).from("user-" + racer).at(Drafts.NOON.plusMillis((i * 7L + racer) % 50));
                mine.addAll(
                        TestedMessageStore.messages(appendTo(storeOf(racer), List.of(draft.saying(racer + "/" + i)))));
            }
            return mine;
        });
        for (List<Message> mine : stored) {
            assertThat(mine).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
        }
        assertWhole(room, stored.stream().flatMap(List::stream).toList(), RACERS * each);
    }

    @Test
    default void manyThreadsWithBatchesOverSeveralRoomsDoNotBlockEachOther() throws Exception {
        long seed = Races.random().nextLong();
        List<RoomId> rooms =
                IntStream.range(0, 5).mapToObj(i -> Drafts.freshRoom()).toList();
        int batches = 10;
        List<List<Message>> stored = Races.together(RACERS, racer -> {
            Random random = new Random(seed + racer);
            List<Message> mine = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                mine.addAll(TestedMessageStore.messages(appendTo(storeOf(racer), batch(rooms, random))));
            }
            return mine;
        });
        for (RoomId room : rooms) {
            List<Message> inRoom = stored.stream()
                    .flatMap(List::stream)
                    .filter(message -> message.room().equals(room))
                    .toList();
            assertWhole(room, inRoom, RACERS * batches * 2);
        }
    }

    @Test
    default void roomsBegunByManyThreadsAtOnceBeginAtOne() throws Exception {
        Random random = Races.random();
        for (int round = 0; round < 20; round++) {
            List<RoomId> rooms = List.of(Drafts.freshRoom(), Drafts.freshRoom(), Drafts.freshRoom());
            long seed = random.nextLong();
            List<List<Message>> stored = Races.together(
                    8,
                    racer -> TestedMessageStore.messages(
                            appendTo(storeOf(racer), batch(rooms, new Random(seed + racer)))));
            for (RoomId room : rooms) {
                List<Message> inRoom = stored.stream()
                        .flatMap(List::stream)
                        .filter(message -> message.room().equals(room))
                        .toList();
                assertWhole(room, inRoom, 16);
            }
        }
    }

    @Test
    default void ofManyThreadsWithOneClientMessageIdOneStores() throws Exception {
        RoomId room = Drafts.freshRoom();
        int rounds = 60;
        for (int round = 1; round <= rounds; round++) {
            String id = "c-" + round;
            List<Appended.Stored> answers = Races.together(4, racer -> {
                Draft draft = Drafts.in(room).clientMessageId(id).saying(id + " by " + racer);
                return appendTo(storeOf(racer), List.of(draft)).get(0);
            });
            assertThat(answers.stream().filter(Appended.Stored::isNew)).hasSize(1);
            assertThat(TestedMessageStore.messages(answers).stream().distinct()).hasSize(1);
        }
        assertThat(store().lastSeq(room)).isEqualTo(rounds);
    }

    /** Every second racer uses the other store, where there is one. */
    private MessageStore storeOf(int racer) {
        return racer % 2 == 0 ? store() : another().orElse(store());
    }

    /** Two drafts for each room, in random order. */
    private static List<Draft> batch(List<RoomId> rooms, Random random) {
        List<Draft> drafts = new ArrayList<>();
        for (RoomId room : rooms) {
            drafts.add(Drafts.in(room).clientMessageId("c-" + random.nextLong()).saying("1"));
            drafts.add(Drafts.in(room).saying("2"));
        }
        Collections.shuffle(drafts, random);
        return drafts;
    }

    /** What the room holds is what was answered: each number once, and timestamps that never fall. */
    private void assertWhole(RoomId room, List<Message> answered, int count) {
        List<Message> read = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            HistoryPage page = page(room, new HistoryQuery.AfterSeq(read.size()), HistoryQuery.MAX_LIMIT);
            read.addAll(page.messages());
            hasMore = page.hasMore();
        }
        assertThat(read).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(read.get(i).seq()).isEqualTo(i + 1);
        }
        assertThat(read).isSortedAccordingTo((a, b) -> a.timestamp().compareTo(b.timestamp()));
        Set<Message> known = answered.stream().collect(Collectors.toSet());
        assertThat(known).hasSize(count).containsAll(read);
        assertThat(store().lastSeq(room)).isEqualTo(count);
    }
}
