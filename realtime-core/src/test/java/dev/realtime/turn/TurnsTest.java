package dev.realtime.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void oneAtATimeAboutTheSameThing() throws InterruptedException {
        int[] count = new int[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int turn = 0; turn < 20_000; turn++) {
                    turns.take("ana", () -> count[0]++);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(count[0]).isEqualTo(80_000);
    }

    @Test
    void whatIsAboutAnotherNeedNotWait() {
        CountDownLatch isDone = new CountDownLatch(1);
        turns.take(1, () -> {
            Thread other = new Thread(() -> turns.take(2, isDone::countDown));
            other.start();
            assertThat(isDone(isDone)).isTrue();
        });
    }

    @Test
    void aTurnThatThrowsIsOver() {
        assertThatThrownBy(() -> turns.take("ana", () -> {
                    throw new IllegalStateException("in my turn");
                }))
                .hasMessage("in my turn");
        CountDownLatch isDone = new CountDownLatch(1);
        Thread next = new Thread(() -> turns.take("ana", isDone::countDown));
        next.start();
        assertThat(isDone(isDone)).isTrue();
    }

    private static boolean isDone(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
