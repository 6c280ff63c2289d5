package dev.realtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.RoomId;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.ForwardingMessageStore;
import dev.realtime.testkit.Races;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupCommitTest {
    private static final Target TO = new Target.ToRoom(new RoomId("chat:ana:ben"));

    private static final RoomId ROOM = new RoomId("room");
    private static final MessagingSettings ONE_LANE = new MessagingSettings(1, 200, 20_000, 1 << 19);

    private final InMemoryMessageStore well = new InMemoryMessageStore();
    private final List<Message> told = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Runnable> handedOn = new ArrayDeque<>();
    private final List<CompletableFuture<Message>> sent = new ArrayList<>();

    @Test
    void aLoneMessageIsStoredToldAndAnsweredOnItsSendersThread() {
        CompletableFuture<Message> sent = commit(well::append, ONE_LANE).submit(draft("a"), TO);
        assertThat(sent).isCompletedWithValueMatching(message -> message.seq() == 1);
        assertThat(told).containsExactly(sent.join());
        assertThat(handedOn).isEmpty();
    }

    @Test
    void messagesThatComeMeanwhileShareTheNextGroup() {
        List<Integer> groups = new ArrayList<>();
        List<GroupCommit> self = new ArrayList<>();
        GroupCommit commits = commit(
                drafts -> {
                    groups.add(drafts.size());
                    if (groups.size() == 1) {
                        for (int i = 0; i < 7; i++) {
                            sent.add(self.get(0).submit(draft("meanwhile"), TO));
                        }
                    }
                    return well.append(drafts);
                },
                new MessagingSettings(1, 5, 20_000, 1 << 19));
        self.add(commits);
        sent.add(commits.submit(draft("first"), TO));
        assertThat(groups).containsExactly(1, 5, 2);
        assertThat(told).extracting(Message::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aRetryIsAnsweredWithTheFirstMessageAndNotTold() {
        GroupCommit commits = commit(well::append, ONE_LANE);
        Message first = commits.submit(draft("a", "c-1"), TO).join();
        assertThat(commits.submit(draft("b", "c-1"), TO).join()).isEqualTo(first);
        assertThat(told).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "exception", "error", "short"})
    void aGroupThatFailsIsUnavailableAndTheLaneSurvives(String how) {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        GroupCommit commits = commit(drafts -> isBroken.get() ? broken(how, drafts) : well.append(drafts), ONE_LANE);
        for (int i = 0; i < 3; i++) {
            assertUnavailable(commits.submit(draft("lost"), TO));
        }
        assertThat(told).isEmpty();
        isBroken.set(false);
        assertThat(commits.submit(draft("well"), TO).join().seq()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatThrowsDoesNotStopTheLane(boolean isError) {
        AtomicBoolean throwing = new AtomicBoolean(true);
        GroupCommit commits = new GroupCommit(
                well,
                new Telling((message, target) -> {
                    if (throwing.get() && isError) {
                        throw new AssertionError("an error");
                    }
                    if (throwing.get()) {
                        throw new IllegalStateException("a bug");
                    }
                }),
                handedOn::add,
                ONE_LANE);
        assertThat(commits.submit(draft("a"), TO)).isDone();
        throwing.set(false);
        assertThat(commits.submit(draft("b"), TO).join().seq()).isEqualTo(2);
    }

    @Test
    void beyondTheBoundMessagesAreUnavailable() {
        List<GroupCommit> self = new ArrayList<>();
        List<CompletableFuture<Message>> meanwhile = new ArrayList<>();
        GroupCommit commits = commit(
                drafts -> {
                    while (meanwhile.size() < 5) {
                        meanwhile.add(self.get(0).submit(draft("meanwhile"), TO));
                    }
                    return well.append(drafts);
                },
                new MessagingSettings(1, 200, 4, 1 << 19));
        self.add(commits);
        commits.submit(draft("first"), TO).join();
        assertThat(meanwhile.subList(0, 3)).allSatisfy(sent -> assertThat(sent).isCompleted());
        meanwhile.subList(3, 5).forEach(GroupCommitTest::assertUnavailable);
        assertThat(commits.submit(draft("again"), TO)).isCompleted();
    }

    @Test
    void aLeaderHandsABusyLaneOn() {
        List<GroupCommit> self = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(40);
        GroupCommit commits = commit(
                drafts -> {
                    if (left.getAndDecrement() > 0) {
                        sent.add(self.get(0).submit(draft("next"), TO));
                    }
                    return well.append(drafts);
                },
                ONE_LANE);
        self.add(commits);
        sent.add(commits.submit(draft("first"), TO));
        assertThat(handedOn).hasSize(1);
        assertThat(told).hasSizeLessThan(41);
        while (!handedOn.isEmpty()) {
            handedOn.remove().run();
        }
        assertThat(told).hasSize(41);
        assertThat(sent).hasSize(41).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void roomsOfOtherLanesDoNotWaitForEachOther() throws Exception {
        CompletableFuture<Boolean> release = new CompletableFuture<>();
        GroupCommit commits = commit(
                drafts -> {
                    if (drafts.get(0).text().equals("slow")) {
                        release.join();
                    }
                    return well.append(drafts);
                },
                new MessagingSettings(2, 200, 100, 1 << 19));
        CompletableFuture<Message> slow = CompletableFuture.supplyAsync(
                () -> commits.submit(in("a", "slow"), TO).join());
        assertThat(commits.submit(in("b", "quick"), TO).join().seq()).isEqualTo(1);
        assertThat(slow).isNotDone();
        release.complete(true);
        slow.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneLeaderAtATimeTellsEachRoomInItsOrderWhicheverThreadsRace() throws Exception {
        Random random = Races.random();
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                new Race(workers, 1 + random.nextInt(3)).run();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** Thirty-two threads that send into a few rooms of one lane; every seventh group fails. */
    private static final class Race {
        private static final int THREADS = 32;
        private static final int EACH = 30;

        private final InMemoryMessageStore well = new InMemoryMessageStore();
        private final AtomicInteger leaders = new AtomicInteger();
        private final AtomicInteger groups = new AtomicInteger();
        private final AtomicBoolean overlapped = new AtomicBoolean();
        private final AtomicInteger empty = new AtomicInteger();
        private final Map<RoomId, List<Long>> told = new ConcurrentHashMap<>();
        private final GroupCommit commits;
        private final int rooms;

        Race(ExecutorService workers, int rooms) {
            this.rooms = rooms;
            this.commits = new GroupCommit(
                    new TestStore(this::append),
                    new Telling((message, target) -> told.computeIfAbsent(
                                    message.room(), absent -> Collections.synchronizedList(new ArrayList<>()))
                            .add(message.seq())),
                    workers,
                    new MessagingSettings(1, 8, 20_000, 1 << 19));
        }

        void run() throws Exception {
            List<CompletableFuture<Message>> all = Collections.synchronizedList(new ArrayList<>());
            Races.together(THREADS, racer -> {
                for (int i = 0; i < EACH; i++) {
                    all.add(commits.submit(in("room" + (racer + i) % rooms, "x"), TO));
                }
                return racer;
            });
            long stored = 0;
            for (CompletableFuture<Message> each : all) {
                stored += each.handle((message, failure) -> failure == null ? 1 : 0)
                        .get(20, TimeUnit.SECONDS);
            }
            assertThat(overlapped).as("two leaders").isFalse();
            assertThat(empty).as("groups without a message").hasValue(0);
            assertThat(told.values().stream().mapToLong(List::size).sum()).isEqualTo(stored);
            told.values().forEach(seqs -> {
                for (int i = 0; i < seqs.size(); i++) {
                    assertThat(seqs.get(i)).isEqualTo(i + 1);
                }
            });
        }

        private List<Appended> append(List<Draft> drafts) {
            overlapped.compareAndSet(false, leaders.incrementAndGet() != 1);
            try {
                if (drafts.isEmpty()) {
                    empty.incrementAndGet();
                }
                if (groups.incrementAndGet() % 7 == 0) {
                    throw new IllegalStateException("a bug in a store");
                }
                return well.append(drafts);
            } finally {
                leaders.decrementAndGet();
            }
        }
    }

    private GroupCommit commit(Function<List<Draft>, List<Appended>> append, MessagingSettings settings) {
        return new GroupCommit(
                new TestStore(append), new Telling((message, target) -> told.add(message)), handedOn::add, settings);
    }

    private static List<Appended> broken(String how, List<Draft> drafts) {
        return switch (how) {
            case "exception" -> throw new IllegalStateException("a bug in a store");
            case "error" -> throw new AssertionError("an error in a store");
            case "short" -> List.of();
            default ->
                drafts.stream()
                        .<Appended>map(draft -> new Appended.Failed(new StoreException("away")))
                        .toList();
        };
    }

    private static void assertUnavailable(CompletableFuture<Message> sent) {
        assertThatThrownBy(sent::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RealtimeException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static Draft draft(String text) {
        return Drafts.in(ROOM).saying(text);
    }

    private static Draft draft(String text, String clientMessageId) {
        return Drafts.in(ROOM).clientMessageId(clientMessageId).saying(text);
    }

    private static Draft in(String room, String text) {
        return Drafts.in(new RoomId(room)).saying(text);
    }

    /** What is appended goes where the test says. */
    private static final class TestStore extends ForwardingMessageStore {
        private final Function<List<Draft>, List<Appended>> appending;

        TestStore(Function<List<Draft>, List<Appended>> appending) {
            super(new InMemoryMessageStore());
            this.appending = appending;
        }

        @Override
        public List<Appended> append(List<Draft> drafts) {
            return appending.apply(drafts);
        }
    }

    /** Told of messages alone. */
    private record Telling(BiConsumer<Message, Target> telling) implements MessageListener {
        @Override
        public void sent(Message message, Target target) {
            telling.accept(message, target);
        }

        @Override
        public void received(Receipt receipt) {
            throw new AssertionError("no message was read");
        }
    }
}
