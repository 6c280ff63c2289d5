package dev.realtime.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long START = Long.MAX_VALUE - 1_000_000_000L;

    /**
     * Rates that divide a second, so that tokens are whole numbers of nanoseconds: the plain model is a level in
     * nanoseconds of credit that grows with time up to the burst.
     */
    @Property(tries = 500)
    void itLetsThroughWhatABucketOfCreditWould(
            @ForAll @IntRange(min = 1, max = 6) int exponent,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(min = 1, max = 150) List<@IntRange(max = 400) Integer> pauses) {
        int perSecond = (int) Math.pow(10, exponent);
        long interval = 1_000_000_000L / perSecond;
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(perSecond, burst), START);
        long now = START;
        long credit = burst * interval;
        for (int pause : pauses) {
            long passed = interval * pause / 100;
            now += passed;
            credit = Math.min(burst * interval, credit + passed);
            long expected = credit >= interval ? 0 : interval - credit;
            assertThat(bucket.take(now)).isEqualTo(expected);
            credit -= expected == 0 ? interval : 0;
            assertThat(bucket.isFull(now)).isEqualTo(credit == burst * interval);
        }
    }

    @Property(tries = 200)
    void theWaitItTellsIsEnoughAndNotTooMuch(
            @ForAll @IntRange(min = 1, max = 1_000_000) int perSecond,
            @ForAll @IntRange(min = 1, max = 100) int burst) {
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(perSecond, burst), START);
        for (int i = 0; i < burst; i++) {
            assertThat(bucket.take(START)).isZero();
        }
        long wait = bucket.take(START);
        assertThat(wait).isPositive();
        assertThat(bucket.take(START + wait - 1)).isEqualTo(1);
        assertThat(bucket.take(START + wait)).isZero();
    }

    @Property(tries = 200)
    void whatIsGivenBackCanBeTakenAgainAndNoMore(
            @ForAll @IntRange(min = 1, max = 30) int burst, @ForAll @IntRange(min = 1, max = 30) int given) {
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(10, burst), START);
        for (int i = 0; i < burst; i++) {
            bucket.take(START);
        }
        int back = Math.min(given, burst);
        for (int i = 0; i < back; i++) {
            bucket.giveBack();
        }
        for (int i = 0; i < back; i++) {
            assertThat(bucket.take(START)).isZero();
        }
        assertThat(bucket.take(START)).isPositive();
    }

    @Test
    void aRateMayBeOneOfMinutes() {
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(10, Duration.ofMinutes(1), 10), START);
        for (int i = 0; i < 10; i++) {
            assertThat(bucket.take(START)).isZero();
        }
        assertThat(bucket.take(START)).isEqualTo(Duration.ofSeconds(6).toNanos());
        assertThat(bucket.take(START + Duration.ofSeconds(6).toNanos())).isZero();
    }

    @Test
    void givingBackToAFullBucketMakesItNoFuller() {
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(10, 2), START);
        bucket.take(START);
        long later = START + 1_000_000_000L;
        bucket.giveBack();
        assertThat(bucket.take(later)).isZero();
        assertThat(bucket.take(later)).isZero();
        assertThat(bucket.take(later)).isPositive();
    }

    @Test
    void aRateOfZeroLetsEverythingThrough() {
        TokenBucket bucket = new TokenBucket(new TokenBucket.Rate(0, 0), START);
        for (int i = 0; i < 1_000; i++) {
            assertThat(bucket.take(START)).isZero();
        }
        bucket.giveBack();
        assertThat(bucket.isFull(START)).isTrue();
    }
}
