package dev.realtime.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Races;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Buckets<Integer> buckets = new Buckets<>(new TokenBucket.Rate(1, 2), 100);

    @Test
    void whoComesBackFindsHisBucketAsHeLeftIt() {
        buckets.of(1, 0).take(0);
        buckets.of(1, 0).take(0);
        assertThat(buckets.of(1, 0).take(0)).isPositive();
        assertThat(buckets.of(2, 0).take(0)).isZero();
    }

    @Test
    void fullBucketsAreForgottenFirst() {
        buckets.of(-1, 0).take(0);
        buckets.of(-1, 0).take(0);
        for (int i = 0; i < 99; i++) {
            buckets.of(i, 0);
        }
        assertThat(buckets.size()).isEqualTo(100);
        buckets.of(200, 0);
        assertThat(buckets.size()).isEqualTo(2);
        assertThat(buckets.of(-1, 0).take(0)).isPositive();
    }

    @Test
    void thereAreNeverMoreThanTheBound() {
        for (int i = 0; i < 10_000; i++) {
            long now = i * (SECOND / 1_000);
            buckets.of(i, now).take(now);
            assertThat(buckets.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void racingAddressesStayNearTheBound() throws Exception {
        Random random = Races.random();
        int offset = random.nextInt(1_000_000);
        Races.together(8, racer -> {
            for (int i = 0; i < 2_000; i++) {
                buckets.of(offset + racer * 2_000 + i, 0).take(0);
            }
            return racer;
        });
        assertThat(buckets.size()).isLessThanOrEqualTo(100 + 8);
    }
}
