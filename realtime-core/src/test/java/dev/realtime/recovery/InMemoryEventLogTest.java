package dev.realtime.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.Audience;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import dev.realtime.json.Payload;
import dev.realtime.testkit.EventLogContract;
import dev.realtime.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryEventLogTest extends EventLogContract {
    private final ManualTime time = new ManualTime();
    private final InMemoryEventLog log =
            new InMemoryEventLog(new InMemoryEventLog.Bounds(1_000, 1 << 20, Duration.ofMinutes(2)), time);

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected ManualTime time() {
        return time;
    }

    @Override
    protected int capacity() {
        return 1_000;
    }

    @Test
    void bytesAreBoundedToo() {
        Payload large = Payload.of("x".repeat(600_000));
        Position start = log.head();
        log.append(Delivery.of(Audience.everyone(), "test", large));
        assertThat(log.since(start, List.of())).isInstanceOf(Missed.Complete.class);
        log.append(Delivery.of(Audience.everyone(), "test", large));
        assertThat(log.since(start, List.of())).isInstanceOf(Missed.Incomplete.class);
    }

    @Test
    void aTextThatIsNoPositionIsNone() {
        assertThat(List.of("", "x", "1.", ".e", "zzzzzzzzzzzzzz.e", "1.e e", "-1.e", "ZZ.e"))
                .allSatisfy(text -> assertThat(Position.read(text)).isEmpty());
    }
}
