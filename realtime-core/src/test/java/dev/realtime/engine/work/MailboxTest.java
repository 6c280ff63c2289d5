package dev.realtime.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.Races;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    /** Three that wait on a connection and four on the node, 100 bytes of a connection and 150 of the node. */
    private static final SessionSettings BOUNDS = new SessionSettings(
                    Duration.ofSeconds(1), 1, 1, 1, 3, 4, Duration.ofSeconds(1), SessionSettings.Rates.DEFAULTS)
            .with(new SessionSettings.WaitingBytes(100, 150));

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final Backlog backlog = new Backlog(BOUNDS);
    private final Mailbox mailbox = new Mailbox(later::add, backlog);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksAreDoneInTheirOrderOnTheWorkers() {
        mailbox.add(task("a"));
        mailbox.add(task("b"));
        assertThat(done).isEmpty();
        assertThat(mailbox.size()).isEqualTo(2);
        assertThat(later).hasSize(1);
        runWorkers();
        assertThat(done).containsExactly("a", "b");
        assertThat(mailbox.size()).isZero();
        mailbox.add(task("c"));
        runWorkers();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void aTaskThatEndsLaterKeepsTheNextOneWaitingAndNoThread() {
        CompletableFuture<String> stored = new CompletableFuture<>();
        mailbox.add(() -> {
            done.add("a");
            return stored;
        });
        mailbox.add(task("b"));
        runWorkers();
        assertThat(done).containsExactly("a");
        assertThat(later).isEmpty();
        stored.complete("stored");
        assertThat(done).containsExactly("a");
        runWorkers();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void tasksThatMayFollowEachOtherAreUnderWayTogether() {
        List<CompletableFuture<String>> stored = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stored.add(new CompletableFuture<>());
            mailbox.add(follower("a" + i, stored.get(i)));
        }
        mailbox.add(task("b"));
        mailbox.add(follower("c", new CompletableFuture<>()));
        mailbox.add(task("d"));
        runWorkers();
        assertThat(done).containsExactly("a0", "a1", "a2");
        stored.get(2).complete("stored");
        stored.get(0).complete("stored");
        runWorkers();
        assertThat(done).hasSize(3);
        stored.get(1).complete("stored");
        runWorkers();
        assertThat(done).containsExactly("a0", "a1", "a2", "b", "c");
    }

    @Test
    void aTaskThatComesWhileOthersAreUnderWayBeginsIfItMayFollow() {
        mailbox.add(follower("a", new CompletableFuture<>()));
        runWorkers();
        mailbox.add(follower("b", new CompletableFuture<>()));
        runWorkers();
        mailbox.add(task("c"));
        mailbox.add(follower("d", new CompletableFuture<>()));
        runWorkers();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void soManyAreUnderWayAndNoMore() {
        List<CompletableFuture<String>> stored = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stored.add(new CompletableFuture<>());
            mailbox.add(follower("a", stored.get(i)));
        }
        runWorkers();
        assertThat(done).hasSize(32);
        stored.get(7).complete("stored");
        runWorkers();
        assertThat(done).hasSize(33);
        stored.forEach(one -> one.complete("stored"));
        runWorkers();
        assertThat(done).hasSize(40);
        assertThat(mailbox.size()).isZero();
    }

    @Test
    void aTaskThatFailsLaterIsFollowedByTheNext() {
        CompletableFuture<String> stored = new CompletableFuture<>();
        mailbox.add(() -> stored);
        mailbox.add(task("b"));
        runWorkers();
        stored.completeExceptionally(new IllegalStateException("away"));
        runWorkers();
        mailbox.add(task("c"));
        runWorkers();
        assertThat(done).containsExactly("b", "c");
    }

    @Test
    void aTaskThatThrowsIsFollowedByTheNext() {
        mailbox.add(() -> {
            throw new IllegalStateException("a bug");
        });
        mailbox.add(task("b"));
        mailbox.add(() -> {
            throw new AssertionError("an error of the host's code");
        });
        mailbox.add(task("d"));
        runWorkers();
        mailbox.add(task("e"));
        runWorkers();
        assertThat(done).containsExactly("b", "d", "e");
    }

    @Test
    void aTaskMayAddTasks() {
        mailbox.add(() -> {
            mailbox.add(task("b"));
            done.add("a");
            return Mailbox.DONE;
        });
        runWorkers();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void aClientHasSoManyTasksWaitingAndTheNodeIsNotBounded() {
        assertThat(mailbox.tryAdd(sent("a", 1))).isTrue();
        assertThat(mailbox.tryAdd(sent("b", 1))).isTrue();
        mailbox.add(task("c"));
        assertThat(mailbox.tryAdd(sent("d", 1))).isFalse();
        mailbox.add(task("e"));
        runWorkers();
        assertThat(done).containsExactly("a", "b", "c", "e");
        assertThat(mailbox.tryAdd(sent("f", 1))).isTrue();
    }

    @Test
    void whatIsBeingDoneCountsByItsBytesUntilItEnds() {
        CompletableFuture<String> stored = new CompletableFuture<>();
        assertThat(mailbox.tryAdd(sent(60, () -> stored))).isTrue();
        runWorkers();
        assertThat(mailbox.tryAdd(sent("b", 41))).isFalse();
        assertThat(mailbox.tryAdd(sent("c", 40))).isTrue();
        assertThat(mailbox.tryAdd(sent("d", 1))).isFalse();
        stored.complete("stored");
        runWorkers();
        assertThat(done).containsExactly("c");
        assertThat(mailbox.tryAdd(sent("e", 100))).isTrue();
    }

    @Test
    void bytesAreGivenBackByTasksThatFailToo() {
        for (int i = 0; i < 3; i++) {
            assertThat(mailbox.tryAdd(sent(100, () -> CompletableFuture.failedFuture(new IllegalStateException()))))
                    .isTrue();
            runWorkers();
            assertThat(mailbox.tryAdd(sent(100, () -> {
                        throw new IllegalStateException("a bug");
                    })))
                    .isTrue();
            runWorkers();
        }
    }

    @Test
    void oneThatIsLargerThanTheBoundOfItsConnectionFitsAlone() {
        assertThat(mailbox.tryAdd(sent("a", 120))).isTrue();
        assertThat(mailbox.tryAdd(sent("b", 1))).isFalse();
        runWorkers();
        assertThat(mailbox.tryAdd(sent("c", 120))).isTrue();
    }

    @Test
    void theNodeIsBoundedInNumberAndInBytes() {
        Mailbox other = new Mailbox(later::add, backlog);
        assertThat(mailbox.tryAdd(sent("a", 100))).isTrue();
        assertThat(other.tryAdd(sent("b", 51))).isFalse();
        assertThat(other.tryAdd(sent("c", 48))).isTrue();
        assertThat(other.tryAdd(sent("d", 1))).isTrue();
        assertThat(other.tryAdd(sent("e", 1))).isTrue();
        assertThat(mailbox.tryAdd(sent("f", 0))).isFalse();
        runWorkers();
        assertThat(done).containsExactlyInAnyOrder("a", "c", "d", "e");
        assertThat(other.tryAdd(sent("g", 150))).isTrue();
    }

    @Test
    void theNodeIsCrowdedFromAnEighthOfItsBytesOn() {
        assertThat(mailbox.tryAdd(sent("a", 18))).isTrue();
        assertThat(backlog.isCrowded()).isFalse();
        assertThat(mailbox.tryAdd(sent("b", 1))).isTrue();
        assertThat(backlog.isCrowded()).isTrue();
        runWorkers();
        assertThat(backlog.isCrowded()).isFalse();
    }

    @Test
    void noTaskIsLostOrOverlappedWhicheverThreadsRace() throws Exception {
        Random seeds = Races.random();
        ExecutorService workers = Executors.newFixedThreadPool(4);
        ExecutorService stores = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 150; round++) {
                new Race(seeds.nextLong(), workers, stores).run();
            }
        } finally {
            workers.shutdownNow();
            stores.shutdownNow();
        }
    }

    /** Threads that add tasks of which some end at once, some later and some never well. */
    private static final class Race {
        private static final int THREADS = 4;
        private static final int TASKS = 100;

        private final long seed;
        private final ExecutorService stores;
        private final Mailbox mailbox;
        private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger alone = new AtomicInteger();
        private final AtomicInteger together = new AtomicInteger();
        private final AtomicBoolean overlapped = new AtomicBoolean();
        private final CountDownLatch left = new CountDownLatch(THREADS * TASKS);

        Race(long seed, ExecutorService workers, ExecutorService stores) {
            this.seed = seed;
            this.stores = stores;
            this.mailbox = new Mailbox(workers, new Backlog(SessionSettings.DEFAULTS));
        }

        void run() throws Exception {
            Races.together(THREADS, racer -> {
                Random random = new Random(seed + racer);
                for (int i = 0; i < TASKS; i++) {
                    add(racer * TASKS + i, random.nextInt(6));
                }
                return racer;
            });
            assertThat(left.await(20, TimeUnit.SECONDS)).as("lost wake-up").isTrue();
            assertThat(overlapped).isFalse();
            assertThat(mailbox.size()).isZero();
            for (int racer = 0; racer < THREADS; racer++) {
                int from = racer * TASKS;
                assertThat(order.stream().filter(number -> number >= from && number < from + TASKS))
                        .hasSize(TASKS)
                        .isSorted();
            }
        }

        private void add(int number, int kind) {
            Mailbox.Sent task =
                    kind < 4 ? sent(1, () -> runAlone(number, kind)) : new Follower(() -> runTogether(number));
            assertThat(mailbox.tryAdd(task)).isTrue();
        }

        private CompletionStage<?> runAlone(int number, int kind) {
            overlapped.compareAndSet(false, alone.incrementAndGet() != 1 || together.get() != 0);
            order.add(number);
            if (kind == 0) {
                return CompletableFuture.runAsync(() -> end(alone), stores);
            }
            end(alone);
            if (kind == 1) {
                throw new IllegalStateException("a task that fails");
            }
            return kind == 2 ? CompletableFuture.failedFuture(new IllegalStateException("later")) : Mailbox.DONE;
        }

        private CompletionStage<?> runTogether(int number) {
            together.incrementAndGet();
            overlapped.compareAndSet(false, alone.get() != 0);
            order.add(number);
            return CompletableFuture.runAsync(() -> end(together), stores);
        }

        private void end(AtomicInteger running) {
            running.decrementAndGet();
            left.countDown();
        }
    }

    private Mailbox.Task task(String name) {
        return () -> {
            done.add(name);
            return Mailbox.DONE;
        };
    }

    /** One that ends with the stage, and may be under way with others of its kind. */
    private Mailbox.Task follower(String name, CompletionStage<?> stage) {
        return new Follower(() -> {
            done.add(name);
            return stage;
        });
    }

    private record Follower(Mailbox.Task task) implements Mailbox.Sent {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public CompletionStage<?> run() {
            return task.run();
        }

        @Override
        public boolean mayFollow(Mailbox.Task earlier) {
            return earlier instanceof Follower;
        }
    }

    private Mailbox.Sent sent(String name, int size) {
        return sent(size, task(name));
    }

    private static Mailbox.Sent sent(int size, Mailbox.Task task) {
        return new Mailbox.Sent() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public CompletionStage<?> run() {
                return task.run();
            }
        };
    }

    private void runWorkers() {
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            next.run();
        }
    }
}
