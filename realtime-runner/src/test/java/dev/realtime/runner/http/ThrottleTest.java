package dev.realtime.runner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private long nanos = Long.MAX_VALUE - 5;
    private final Throttle throttle = new Throttle(2, () -> nanos);

    @Test
    void aMinuteBeginsWithTheFirstDeed() {
        assertThat(throttle.refuse("a")).isEmpty();
        pass(Duration.ofSeconds(40));
        assertThat(throttle.refuse("a")).isEmpty();
        assertThat(throttle.refuse("a")).contains(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(19));
        assertThat(throttle.refuse("a")).contains(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(throttle.refuse("a")).isEmpty();
    }

    @Test
    void whatIsGivenBackDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.refuse("a")).isEmpty();
            throttle.giveBack("a");
        }
        throttle.giveBack("a");
        throttle.giveBack("unknown");
        assertThat(throttle.refuse("a")).isEmpty();
        assertThat(throttle.refuse("a")).isEmpty();
        assertThat(throttle.refuse("a")).isPresent();
    }

    @Test
    void zeroAdmitsAll() {
        Throttle open = new Throttle(0, () -> nanos);
        for (int i = 0; i < 1_000; i++) {
            assertThat(open.refuse("a")).isEmpty();
        }
    }

    @Test
    void atTheBoundTheOldestMinuteIsForgotten() {
        throttle.refuse("a");
        throttle.refuse("a");
        throttle.refuse("b");
        throttle.refuse("b");
        for (int i = 0; i < 9_998; i++) {
            throttle.refuse("filler" + i);
        }
        assertThat(throttle.refuse("a")).isPresent();
        throttle.refuse("one more");
        assertThat(throttle.refuse("b")).isPresent();
        assertThat(throttle.refuse("a")).isEmpty();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
