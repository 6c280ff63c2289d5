package dev.realtime.runner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {

    @Test
    void thereAreAlwaysThreeFractionDigits() {
        assertThat(Timestamps.text(Instant.parse("2026-11-23T09:15:48Z"))).isEqualTo("2026-11-23T09:15:48.000Z");
        assertThat(Timestamps.text(Instant.parse("2026-11-23T00:00:00.1Z"))).isEqualTo("2026-11-23T00:00:00.100Z");
        assertThat(Timestamps.text(Instant.parse("2026-01-02T03:04:05.678999Z")))
                .isEqualTo("2026-01-02T03:04:05.678Z");
    }
}
