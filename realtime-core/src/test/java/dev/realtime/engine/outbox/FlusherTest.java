package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlusherTest {
    private final Flusher flusher = new Flusher("test").start();
    private final AtomicLong clock = new AtomicLong(1L << 40);
    private final Flusher byHand = new Flusher("never-started", clock::get);
    private final RecordingTransport wire = new RecordingTransport();
    private final Outbox patient = new Outbox(wire, byHand, 1 << 20);

    @AfterEach
    void close() {
        flusher.close();
    }

    @Test
    void whatIsOfferedIsWrittenSoon() {
        RecordingTransport transport = new RecordingTransport();
        Outbox outbox = new Outbox(transport, flusher, 1 << 20);
        for (int i = 0; i < 500; i++) {
            outbox.offer(parcel("x"));
            transport.awaitFrames(i + 1);
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("a container's bug"),
                new AssertionError("an error in a container"),
                new OutOfMemoryError("pretended"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aTransportThatThrowsLosesItsConnectionAndNoOtherDoes(Throwable thrown) {
        RecordingTransport broken =
                new RecordingTransport().throwingOnWrite(thrown).throwingOnTerminate(new IllegalStateException("too"));
        new Outbox(broken, flusher, 1 << 20).offer(parcel("lost"));
        RecordingTransport well = new RecordingTransport();
        new Outbox(well, flusher, 1 << 20).offer(parcel("hello"));
        assertThat(well.awaitFrames(1)).containsExactly("hello");
        assertThat(broken.terminations()).isEqualTo(1);
        assertThat(broken.frames()).isEmpty();
    }

    @Test
    void whatMayLingerLeavesAtOnceWhenNothingDidJustNow() {
        linger("a");
        turns();
        assertThat(writes()).containsExactly(List.of("a"));
        clock.addAndGet(2 * Flusher.LINGER);
        linger("b");
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void whatMayLingerWaitsForCompanyAfterThat() {
        linger("a");
        turns();
        linger("b");
        linger("c");
        clock.addAndGet(Flusher.LINGER - 1);
        linger("d");
        turns();
        assertThat(writes()).containsExactly(List.of("a"));
        clock.addAndGet(Flusher.LINGER / 10);
        turns();
        linger("e");
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b", "c", "d"));
        clock.addAndGet(3 * Flusher.LINGER);
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
    }

    @Test
    void whatMayLingerWaitsLongerInAStorm() {
        linger("a");
        turns();
        for (int wait : new int[] {1, 2, 4, 4}) {
            for (int i = 0; i < 2 * wait; i++) {
                linger("b");
            }
            assertThat(writesAfter(wait)).isEqualTo(1);
        }
        linger("c");
        assertThat(writesAfter(4)).as("the last wait of the storm").isEqualTo(1);
        linger("d");
        assertThat(writesAfter(1)).as("it is over").isEqualTo(1);
    }

    @Test
    void aFewThatKeepComingWaitNoLonger() {
        linger("a");
        turns();
        for (int i = 0; i < 5; i++) {
            linger("b");
            assertThat(writesAfter(1)).isEqualTo(1);
        }
    }

    @Test
    void aShortWaitEndsBeforeALongOneThatBeganEarlier() {
        linger("a");
        turns();
        linger("b");
        linger("c");
        writesAfter(1);
        linger("waits twice as long");
        Outbox other = new Outbox(wire, byHand, 1 << 20);
        other.offer(lingering("first"));
        turns();
        other.offer(lingering("second"));
        writesAfter(1);
        assertThat(writes()).endsWith(List.of("first"), List.of("second"));
    }

    @Test
    void whatIsUrgentTakesAlongWhatLingersBeforeIt() {
        linger("a");
        turns();
        linger("b");
        patient.offer(parcel("urgent"));
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b", "urgent"));
        linger("c");
        clock.addAndGet(2 * Flusher.LINGER);
        turns();
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b", "urgent"), List.of("c"));
    }

    @Test
    void enoughCompanyDoesNotWaitForMore() {
        linger("a");
        turns();
        linger("b".repeat(10_000));
        turns();
        assertThat(wire.writes()).hasSize(1);
        linger("c".repeat(10_000));
        turns();
        assertThat(wire.writes()).hasSize(2);
    }

    @Test
    void aCloseDoesNotWaitForWhatLingers() {
        linger("a");
        turns();
        linger("b");
        patient.finish(CloseReason.DRAINING);
        turns();
        assertThat(writes()).containsExactly(List.of("a"), List.of("b"));
        assertThat(wire.closes()).containsExactly(CloseReason.DRAINING);
    }

    @Test
    void aFlusherThatSleepsIsWokenForWhatLingers() {
        RecordingTransport transport = new RecordingTransport();
        Outbox outbox = new Outbox(transport, flusher, 1 << 20);
        for (int i = 0; i < 5; i++) {
            outbox.offer(lingering("x"));
            outbox.offer(lingering("y"));
            assertThat(transport.awaitFrames(2 * i + 2)).endsWith("x", "y");
        }
    }

    private void linger(String text) {
        patient.offer(lingering(text));
    }

    private void turns() {
        while (byHand.turn()) {
            // Each turn writes one outbox.
        }
    }

    /** How many writes there are behind so many times the wait, and none before. */
    private int writesAfter(int waits) {
        int before = writes().size();
        clock.addAndGet(waits * Flusher.LINGER - 1);
        turns();
        assertThat(writes()).hasSize(before);
        clock.addAndGet(Flusher.LINGER / 10);
        turns();
        return writes().size() - before;
    }

    private List<List<String>> writes() {
        return wire.writes();
    }

    private static Parcel lingering(String text) {
        return Parcel.of(List.of(Frame.text(text)), false, true, Optional.empty(), Parcel.UNSTAMPED);
    }

    private static Parcel parcel(String text) {
        return Parcel.of(List.of(Frame.text(text)), false);
    }
}
