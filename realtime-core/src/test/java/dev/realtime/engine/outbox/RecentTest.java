package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.recovery.RecoverySettings;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent recent = new Recent(new RecoverySettings(Duration.ofMinutes(2), 10, 200, 1));

    @Test
    void indexesGoOnWhateverIsLetGo() {
        add(1, 25);
        assertThat(recent.first()).isEqualTo(15);
        assertThat(recent.end()).isEqualTo(25);
        assertThat(recent.get(15).stamp()).isEqualTo(16);
        assertThat(recent.get(24).stamp()).isEqualTo(25);
    }

    @Test
    void bytesAreBoundedToo() {
        add(1, 5);
        recent.add(parcel(6, 190));
        assertThat(recent.first()).isEqualTo(3);
        recent.add(parcel(7, 300));
        assertThat(recent.end() - recent.first()).isEqualTo(1);
    }

    @Test
    void aStampIsFoundWhereItLies() {
        add(1, 12);
        assertThat(recent.behind(12)).isEqualTo(12);
        assertThat(recent.behind(3)).isEqualTo(3);
        assertThat(recent.behind(2)).as("the last one let go").isEqualTo(2);
        assertThat(recent.behind(1)).isEqualTo(-1);
        assertThat(recent.behind(13)).isEqualTo(-1);
    }

    @Test
    void theLastOneLetGoIsRememberedSoThatNothingWasMissedAfterIt() {
        add(1, 3);
        recent.dropBefore(100);
        assertThat(recent.behind(3)).isEqualTo(3);
        assertThat(recent.behind(2)).isEqualTo(-1);
        add(4, 4);
        assertThat(recent.behind(3)).isEqualTo(3);
    }

    @Test
    void unstampedParcelsAreNeverFound() {
        recent.add(parcel(Parcel.UNSTAMPED, 5));
        recent.dropUntil(1);
        assertThat(recent.behind(7)).isEqualTo(-1);
    }

    private void add(int from, int to) {
        for (int stamp = from; stamp <= to; stamp++) {
            recent.add(parcel(stamp, 5));
        }
    }

    private static Parcel parcel(long stamp, int size) {
        return new Parcel(List.of(Frame.text("x")), size, false, false, Optional.empty(), stamp);
    }
}
