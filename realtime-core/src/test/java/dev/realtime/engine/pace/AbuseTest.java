package dev.realtime.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Races;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AbuseTest {
    private static final long SECOND = 1_000_000_000L;
    private final Abuse abuse = new Abuse();

    @Test
    void fiveHundredInTenSecondsPersist() {
        assertThat(noted(499, at(0))).isFalse();
        assertThat(abuse.persists(at(10))).isTrue();
    }

    @Test
    void fiveHundredInMoreThanTenSecondsDoNot() {
        assertThat(noted(499, at(0))).isFalse();
        assertThat(abuse.persists(at(10) + 1)).isFalse();
    }

    @Test
    void theTenSecondsAreAnyTenSeconds() {
        noted(250, at(9));
        assertThat(noted(249, at(11))).isFalse();
        assertThat(abuse.persists(at(19))).isTrue();
    }

    @Test
    void itCountsAsOneWhoRemembersAll() {
        Random random = Races.random();
        ArrayDeque<Long> all = new ArrayDeque<>();
        long now = at(0);
        for (int i = 0; i < 200_000; i++) {
            now += random.nextInt(i % 20_000 < 10_000 ? 39_000_000 : 41_000_000);
            all.add(now);
            while (now - all.element() > 10 * SECOND) {
                all.remove();
            }
            assertThat(abuse.persists(now)).isEqualTo(all.size() >= 500);
        }
    }

    /** The clock overflows in the midst of it. */
    private static long at(long seconds) {
        return Long.MAX_VALUE - 5 * SECOND + seconds * SECOND;
    }

    private boolean noted(int times, long moment) {
        boolean persists = false;
        for (int i = 0; i < times; i++) {
            persists = abuse.persists(moment);
        }
        return persists;
    }
}
