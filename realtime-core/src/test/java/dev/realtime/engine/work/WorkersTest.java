package dev.realtime.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void aTaskThatThrowsCostsNoThread() throws Exception {
        try (Workers workers = Workers.start()) {
            for (int i = 0; i < 100; i++) {
                workers.execute(() -> {
                    throw new AssertionError("an error of the host's code");
                });
            }
            CountDownLatch done = new CountDownLatch(1);
            workers.execute(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsRunningEndsAndWhatComesAfterwardsIsForgotten() throws Exception {
        Workers workers = Workers.start();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean isDone = new AtomicBoolean();
        workers.execute(() -> {
            started.countDown();
            try {
                isDone.set(finish.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        Thread closing = new Thread(() -> workers.close(Duration.ofSeconds(10)));
        closing.start();
        finish.countDown();
        closing.join();
        assertThat(isDone).isTrue();
        assertThatCode(() -> workers.execute(() -> isDone.set(false))).doesNotThrowAnyException();
        assertThat(isDone).isTrue();
    }

    @Test
    void alarmsAfterTheEndNeverRing() {
        SystemTimers timers = new SystemTimers();
        AtomicBoolean rang = new AtomicBoolean();
        timers.close();
        timers.after(Duration.ZERO, () -> rang.set(true)).cancel();
        assertThat(rang).isFalse();
    }
}
