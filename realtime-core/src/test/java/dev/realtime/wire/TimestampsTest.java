package dev.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:15:48Z, 2026-11-23T09:15:48.000Z",
        "2026-11-23T09:15:48.120Z, 2026-11-23T09:15:48.120Z",
        "2026-11-23T09:15:48.000999999Z, 2026-11-23T09:15:48.000Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
    })
    void aMomentIsWrittenWithThreeDigits(Instant moment, String text) {
        assertThat(Timestamps.of(moment)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:15:48.007Z, 2026-11-23T09:15:48.007Z",
        "2026-11-23T09:15:48Z, 2026-11-23T09:15:48Z",
        "2026-11-23T09:15Z, 2026-11-23T09:15:00Z",
        "2026-11-23T10:15:48+01:00, 2026-11-23T09:15:48Z",
        "2026-11-23t09:15:48z, 2026-11-23T09:15:48Z"
    })
    void anyMomentWithAZoneIsRead(String text, Instant moment) {
        assertThat(Timestamps.read(text)).hasValue(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1795425348996",
                "2026-11-23",
                "2026-11-23T09:15:48",
                "2026-02-30T09:15:48Z",
                "2026-11-23T25:15:48Z",
                " 2026-11-23T09:15:48Z",
                "+1000000000-01-01T00:00:00Z"
            })
    void whatIsNoMomentIsNotRead(String text) {
        assertThat(Timestamps.read(text)).isEmpty();
    }

    @Test
    void theFarthestMomentsAreRead() {
        assertThat(Timestamps.read("+999999999-12-31T23:59:59-18:00")).isPresent();
        assertThat(Timestamps.read("-999999999-01-01T00:00:00+18:00")).isPresent();
    }

    @Test
    void beyondTheYear9999IsItsEnd() {
        assertThat(Timestamps.of(Instant.parse("9999-12-31T23:59:59.999Z"))).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(Timestamps.of(Instant.parse("+10000-01-01T00:00:00Z"))).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(Timestamps.of(Instant.MAX)).isEqualTo("9999-12-31T23:59:59.999Z");
    }
}
