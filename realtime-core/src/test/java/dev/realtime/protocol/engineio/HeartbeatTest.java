package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.EngineIoFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a ping every 300 ms, or up to 3 ms earlier, and 200 ms for the pong. */
class HeartbeatTest {
    private final EngineIoFixture io = new EngineIoFixture();

    @Test
    void aPingGoesOutAfterEachInterval() {
        io.open();
        io.advance(296);
        assertThat(io.carrier.texts()).hasSize(1);
        io.advance(4);
        assertThat(io.carrier.texts()).hasSize(2).last().isEqualTo("2");
    }

    @Test
    void theNextPingIsOneIntervalAfterThePong() {
        Connection link = io.open();
        for (int beat = 1; beat <= 5; beat++) {
            io.advance(300);
            assertThat(io.carrier.texts()).hasSize(1 + beat);
            io.advance(150);
            link.received(text("3"));
            io.advance(296);
            assertThat(io.carrier.texts()).hasSize(1 + beat);
            io.advance(4);
            assertThat(io.carrier.texts()).hasSize(2 + beat);
            link.received(text("3"));
            io.carrier.writes.remove(io.carrier.writes.size() - 1);
        }
        assertThat(io.upper.closed).isEmpty();
    }

    @Test
    void pingsOfManyConnectionsGoOutTogether() {
        LateTime time = new LateTime();
        EngineIoAcceptor acceptor = new EngineIoAcceptor(EngineIoFixture.SETTINGS, time, new RecordingUpper());
        for (int i = 0; i < 30; i++) {
            time.move(1);
            acceptor.open(EngineIoFixture.webSocket(), new RecordingTransport());
        }
        assertThat(time.deadlines.stream().distinct()).hasSizeLessThanOrEqualTo(11);
        assertThat(time.deadlines).allSatisfy(moment -> assertThat(moment).isLessThanOrEqualTo(330_000_000));
    }

    @Test
    void withoutAPongTheSessionEnds() {
        io.open();
        String sid = io.sid();
        io.advance(496);
        assertThat(io.upper.closed).isEmpty();
        io.advance(4);
        assertThat(io.upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(io.carrier.ends).containsExactly("terminate");
        assertThat(io.knows(sid)).isFalse();
        assertThat(io.time.waiting()).isZero();
    }

    @Test
    void otherTrafficIsNoPong() {
        Connection link = io.open();
        for (int i = 0; i < 10; i++) {
            io.advance(50);
            link.received(text("4x"));
        }
        assertThat(io.upper.received).hasSize(9);
        assertThat(io.upper.closed).containsExactly(CloseReason.TIMEOUT);
    }

    @Test
    void aPongNobodyAskedForChangesNothing() {
        Connection link = io.open();
        io.advance(200);
        link.received(text("3"));
        io.advance(100);
        assertThat(io.carrier.texts()).hasSize(2);
    }

    @Test
    void oneAlarmIsSetAtMost() {
        Connection link = io.open();
        for (int i = 0; i < 20; i++) {
            assertThat(io.time.waiting()).isOne();
            io.advance(75);
            link.received(text("3"));
            link.received(text("4x"));
        }
    }

    @Test
    void aDeadlineIsKeptByWhatArrivesWhenTheAlarmIsLate() {
        LateTime late = new LateTime();
        RecordingTransport carrier = new RecordingTransport();
        RecordingUpper upper = new RecordingUpper();
        Connection link =
                new EngineIoAcceptor(EngineIoFixture.SETTINGS, late, upper).open(EngineIoFixture.webSocket(), carrier);
        late.move(300);
        link.received(text("4a"));
        assertThat(carrier.texts()).last().isEqualTo("2");
        late.move(201);
        link.received(text("4b"));
        assertThat(upper.received).hasSize(1);
        assertThat(upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(carrier.ends).containsExactly("terminate");
    }

    @Test
    void aProcessThatStoodStillGivesItsPeersTimeToAnswer() {
        LateTime late = new LateTime();
        RecordingTransport carrier = new RecordingTransport();
        RecordingUpper upper = new RecordingUpper();
        Connection link =
                new EngineIoAcceptor(EngineIoFixture.SETTINGS, late, upper).open(EngineIoFixture.webSocket(), carrier);
        late.move(30_000);
        link.received(text("4a"));
        late.move(199);
        link.received(text("4b"));
        assertThat(upper.closed).isEmpty();
        late.move(30_000);
        link.received(text("4c"));
        assertThat(upper.closed).isEmpty();
        assertThat(carrier.texts()).filteredOn("2"::equals).hasSize(1);
        late.move(200);
        link.received(text("4d"));
        assertThat(upper.closed).containsExactly(CloseReason.TIMEOUT);
    }

    /** A clock whose alarms never ring. */
    private static final class LateTime implements Timers {
        final List<Long> deadlines = new ArrayList<>();
        private long nanos;

        void move(long millis) {
            nanos += millis * 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Alarm at(long deadline, Runnable action) {
            deadlines.add(deadline);
            return () -> {};
        }
    }
}
