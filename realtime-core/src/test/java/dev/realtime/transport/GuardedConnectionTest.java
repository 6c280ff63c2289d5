package dev.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedConnectionTest {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final GuardedConnection guard = GuardedConnection.opening();

    @Test
    void framesAndTheEndArriveInOrder() {
        guard.opened(new Hearing());
        guard.received(Frame.text("a"));
        guard.closed(CloseReason.NORMAL);
        assertThat(heard).containsExactly("a", "NORMAL");
    }

    @Test
    void theFirstEndCountsAndNothingFollowsIt() {
        guard.opened(new Hearing());
        guard.closed(CloseReason.TOO_LARGE);
        guard.closed(CloseReason.LOST);
        guard.received(Frame.text("late"));
        assertThat(heard).containsExactly("TOO_LARGE");
    }

    @Test
    void anEndWhileAFrameIsHeardWaitsForIt() {
        guard.opened(new Hearing() {
            @Override
            public void received(Frame frame) {
                guard.closed(CloseReason.LOST);
                super.received(frame);
            }
        });
        guard.received(Frame.text("last"));
        assertThat(heard).containsExactly("last", "LOST");
    }

    @Test
    void anEndBeforeTheConnectionIsThereIsKeptForIt() {
        guard.closed(CloseReason.LOST);
        assertThat(heard).isEmpty();
        guard.opened(new Hearing());
        assertThat(heard).containsExactly("LOST");
    }

    @Test
    void aThrowingConnectionHearsTheNextFrameAndItsEnd() {
        guard.opened(new Hearing() {
            @Override
            public void received(Frame frame) {
                super.received(frame);
                throw new IllegalStateException("a bug");
            }
        });
        guard.received(Frame.text("a"));
        guard.received(Frame.text("b"));
        guard.closed(CloseReason.NORMAL);
        assertThat(heard).containsExactly("a", "b", "NORMAL");
    }

    @Test
    void theEndNeverOverlapsAFrameAndIsToldOnceWhateverThreadsRace() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Race race = new Race();
            race.run();
            assertThat(race.overlapped).isFalse();
            assertThat(race.ends).hasValue(1);
        }
    }

    @Test
    void pongsAndOverflowsAreHeardUntilTheEnd() {
        guard.opened(new Hearing());
        guard.pong();
        guard.overflowed();
        guard.closed(CloseReason.LOST);
        guard.pong();
        guard.overflowed();
        assertThat(heard).containsExactly("pong", "overflowed", "LOST");
    }

    private class Hearing implements Connection {
        @Override
        public void received(Frame frame) {
            heard.add(frame.text());
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void overflowed() {
            heard.add("overflowed");
        }

        @Override
        public void closed(CloseReason reason) {
            heard.add(reason.name());
        }
    }

    /** One thread brings frames, two bring the end. */
    private static final class Race implements Connection {
        private final AtomicBoolean hearing = new AtomicBoolean();
        private final AtomicBoolean overlapped = new AtomicBoolean();
        private final AtomicInteger ends = new AtomicInteger();

        void run() throws InterruptedException {
            GuardedConnection guard = GuardedConnection.opening().opened(this);
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = List.of(
                    started(start, () -> List.of("a", "b", "c").forEach(text -> guard.received(Frame.text(text)))),
                    started(start, () -> guard.closed(CloseReason.LOST)),
                    started(start, () -> guard.closed(CloseReason.NORMAL)));
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static Thread started(CountDownLatch start, Runnable work) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                work.run();
            });
            thread.start();
            return thread;
        }

        @Override
        public void received(Frame frame) {
            hearing.set(true);
            Thread.onSpinWait();
            hearing.set(false);
            if (ends.get() > 0) {
                overlapped.set(true);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            ends.incrementAndGet();
            if (hearing.get()) {
                overlapped.set(true);
            }
        }
    }
}
