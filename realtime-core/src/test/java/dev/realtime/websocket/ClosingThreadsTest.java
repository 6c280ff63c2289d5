package dev.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosingThreadsTest {
    private final ClosingThreads threads = new ClosingThreads(2);

    @Test
    void itIsSettledWhenAllIsDone() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            threads.execute(done::incrementAndGet);
        }
        assertThat(threads.settle(Duration.ofSeconds(60))).isTrue();
        assertThat(done).hasValue(1_000);
    }

    @Test
    void whatFailsIsDoneAsWell() {
        threads.execute(() -> {
            throw new IllegalStateException("a container's bug");
        });
        assertThat(threads.settle(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void whoWaitsForWhatHangsWaitsNoLongerThanHeSaid() {
        CountDownLatch hung = new CountDownLatch(1);
        threads.execute(() -> awaitUninterruptibly(hung));
        assertThat(threads.settle(Duration.ofMillis(1))).isFalse();
        hung.countDown();
        assertThat(threads.settle(Duration.ofSeconds(60))).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
