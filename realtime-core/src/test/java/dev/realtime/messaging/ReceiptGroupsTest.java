package dev.realtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.ForwardingMessageStore;
import dev.realtime.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How receipts share calls of the store, and that one that fails costs itself alone. */
class ReceiptGroupsTest {
    private static final RoomId ROOM = new RoomId("room");
    private static final MessagingSettings ONE_LANE = new MessagingSettings(1, 2_000, 3, 1 << 19);

    private final CountingStore store = new CountingStore();
    private final List<Receipt> told = new ArrayList<>();
    private final Queue<Runnable> handedOn = new ArrayDeque<>();
    private final Message message = ((Appended.Stored)
                    store.append(List.of(Drafts.in(ROOM).saying("hi"))).get(0))
            .message();

    @Test
    void thoseThatComeMeanwhileShareTwoCalls() {
        Receipts receipts = receipts(new MessagingSettings(1, 2_000, 2_000, 1 << 19));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        store.first = () -> {
            for (int i = 0; i < 1_000; i++) {
                all.add(receipts.submit(said("reader-" + i, any -> true)));
            }
        };
        receipts.submit(said("reader", any -> true)).join();
        assertThat(all).hasSize(1_000).allMatch(CompletableFuture::isDone);
        assertThat(store.located).isEqualTo(2);
        assertThat(store.marked).containsExactly(1, 1_000);
        assertThat(told).hasSize(1_001);
        assertThat(store.reach(Set.of(ROOM))
                        .getOrDefault(ROOM, Reach.NONE)
                        .read()
                        .seq())
                .isEqualTo(1);
    }

    @Test
    void severalOfOneUserInOneRoomAreOneMarker() {
        Message later = ((Appended.Stored)
                        store.append(List.of(Drafts.in(ROOM).saying("again"))).get(0))
                .message();
        receipts(ONE_LANE)
                .submit(said(
                        "ben", any -> true, later.id().toString(), message.id().toString()))
                .join();
        assertThat(store.marked).containsExactly(1);
        assertThat(store.unread(new UserId("ben"), List.of(), 1).rooms().get(0).lastReadSeq())
                .isEqualTo(2);
    }

    @Test
    void whatNamesNoMessageCostsNoCall() {
        receipts(ONE_LANE)
                .submit(said("ben", any -> true, "local-1", "not an id"))
                .join();
        assertThat(store.located).isZero();
        assertThat(store.marked).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aRightThatCannotBeFoundOutFailsItsReceiptAndNoOther() {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        Receipts receipts = receipts(ONE_LANE);
        store.first = () -> {
            others.add(receipts.submit(said("cat", any -> {
                throw new StoreException("the directory is away");
            })));
            others.add(receipts.submit(said("dan", any -> true)));
        };
        receipts.submit(said("ben", any -> true)).join();
        assertThat(others.get(0)).isCompletedExceptionally();
        assertThat(others.get(1)).isCompleted();
        assertThat(told).extracting(receipt -> receipt.user().value()).containsExactly("ben", "dan");
    }

    @Test
    void aStoreThatFailsFailsItsGroupAndTheNextIsServed() {
        Receipts receipts = receipts(ONE_LANE);
        store.failing = true;
        assertThat(receipts.submit(said("ben", any -> true))).isCompletedExceptionally();
        store.failing = false;
        assertThat(receipts.submit(said("ben", any -> true))).isCompleted();
        assertThat(told).hasSize(1);
    }

    @Test
    void beyondTheBoundReceiptsAreUnavailable() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        Receipts receipts = receipts(ONE_LANE);
        store.first = () -> {
            for (int i = 0; i < 3; i++) {
                all.add(receipts.submit(said("ben", any -> true)));
            }
        };
        receipts.submit(said("ben", any -> true)).join();
        assertThat(all.get(0)).isCompleted();
        assertThat(all.get(1)).isCompleted();
        assertThat(all.get(2))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoreException.class)
                .withMessageContaining("too many receipts");
    }

    private Receipts receipts(MessagingSettings settings) {
        MessageListener listener = new MessageListener() {
            @Override
            public void sent(Message sent, Target target) {
                throw new AssertionError("nothing was sent");
            }

            @Override
            public void received(Receipt receipt) {
                told.add(receipt);
            }
        };
        return new Receipts(store, listener, new ManualTime(), handedOn::add, settings);
    }

    private Receipts.Said said(String user, Predicate<RoomId> counts) {
        return said(user, counts, message.id().toString());
    }

    private static Receipts.Said said(String user, Predicate<RoomId> counts, String... ids) {
        return new Receipts.Said(
                ReceiptKind.READ, new UserId(user), Optional.empty(), Optional.empty(), List.of(ids), counts);
    }

    /** Counts the calls, and lets the test bring more while the first is under way. */
    private static final class CountingStore extends ForwardingMessageStore {
        private int located;
        private boolean failing;
        private Runnable first = () -> {};
        private final List<Integer> marked = new ArrayList<>();

        CountingStore() {
            super(new InMemoryMessageStore());
        }

        @Override
        public List<Located> locate(Set<UUID> ids) {
            located++;
            if (located == 1) {
                first.run();
            }
            if (failing) {
                throw new StoreException("away");
            }
            return super.locate(ids);
        }

        @Override
        public void mark(List<Marker> markers) {
            marked.add(markers.size());
            super.mark(markers);
        }
    }
}
