package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final List<String> rung = new ArrayList<>();

    @Test
    void bothClocksMoveTogether() {
        long nanos = time.nanoTime();
        Instant instant = time.instant();
        time.advance(Duration.ofMinutes(3));
        assertThat(time.nanoTime() - nanos).isEqualTo(Duration.ofMinutes(3).toNanos());
        assertThat(Duration.between(instant, time.instant())).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void theMonotonicClockOverflowsAndIsRoundAtWholeSeconds() {
        long start = time.nanoTime();
        time.advance(Duration.ofSeconds(1));
        assertThat(start).isPositive();
        assertThat(time.nanoTime()).isNegative();
        assertThat(time.nanoTime() % 1_000_000_000L).isZero();
    }

    @Test
    void alarmsRingInTheOrderOfTheirDeadlines() {
        time.after(Duration.ofSeconds(2), () -> rung.add("second"));
        time.after(Duration.ofSeconds(1), () -> rung.add("first"));
        time.after(Duration.ofSeconds(2), () -> rung.add("third"));
        time.after(Duration.ofSeconds(4), () -> rung.add("never"));
        time.advance(Duration.ofSeconds(3));
        assertThat(rung).containsExactly("first", "second", "third");
        assertThat(time.waiting()).isOne();
    }

    @Test
    void theClocksShowTheDeadlineWhileAnAlarmRings() {
        Instant start = time.instant();
        time.after(
                Duration.ofSeconds(1),
                () -> rung.add(Duration.between(start, time.instant()).toString()));
        time.advance(Duration.ofSeconds(3));
        assertThat(rung).containsExactly("PT1S");
    }

    @Test
    void anAlarmSetByAnAlarmRingsInTheSameAdvance() {
        time.after(Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(1), () -> rung.add("nested")));
        time.advance(Duration.ofSeconds(2));
        assertThat(rung).containsExactly("nested");
    }

    @Test
    void aCancelledAlarmIsForgotten() {
        time.after(Duration.ofSeconds(1), () -> rung.add("cancelled")).cancel();
        time.advance(Duration.ofSeconds(2));
        assertThat(rung).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void anAlarmForThePastRingsAtTheNextAdvanceByNothing() {
        time.at(time.nanoTime() - 5, () -> rung.add("late"));
        assertThat(rung).isEmpty();
        time.advance(Duration.ZERO);
        assertThat(rung).containsExactly("late");
    }
}
