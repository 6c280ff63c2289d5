package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Races;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of 10 bytes with their header of 2, queues of 100; the flusher is the test itself. */
class OutboxTest {
    private final RecordingTransport transport = new RecordingTransport().manually();
    private final Flusher idle = new Flusher("never-started");
    private final Outbox outbox = new Outbox(transport, idle, 100);

    @AfterEach
    void nothingWasEverWrittenTwiceAtATime() {
        assertThat(transport.overlapped()).isFalse();
    }

    @Test
    void whatWaitsGoesInOneWriteAndWhatComesMeanwhileInTheNext() {
        offer("a", "b");
        outbox.flush();
        offer("c", "d");
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("a", "b"));
        transport.complete();
        outbox.flush();
        transport.complete();
        assertThat(frames()).containsExactly(List.of("a", "b"), List.of("c", "d"));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void theFramesOfAParcelStayTogether() {
        outbox.offer(Parcel.of(List.of(frame("a1"), frame("a2")), false));
        offer("b");
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("a1", "a2", "b"));
    }

    @Test
    void theBoundCountsWhatWaitsAndWhatIsWritten() {
        offer("1", "2", "3", "4", "5");
        outbox.flush();
        offer("6", "7", "8", "9", "10");
        assertThat(outbox.size()).isEqualTo(100);
        assertThat(transport.closes()).isEmpty();
        offer("11");
        outbox.flush();
        assertThat(transport.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        offer("12");
        transport.complete();
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5"));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void aWriteThatCompletesMakesRoom() {
        for (int i = 0; i < 50; i++) {
            offer("1", "2", "3", "4", "5", "6", "7", "8", "9");
            outbox.flush();
            transport.complete();
        }
        assertThat(transport.closes()).isEmpty();
    }

    @Test
    void oneParcelAlwaysFitsIntoAnEmptyQueue() {
        outbox.offer(Parcel.of(List.of(Frame.text("x".repeat(5_000))), false));
        assertThat(transport.closes()).isEmpty();
        outbox.flush();
        transport.complete();
        assertThat(transport.frames()).hasSize(1);
    }

    @Test
    void aboveHalfVolatileParcelsAreDropped() {
        offer("1", "2", "3", "4", "5");
        offerVolatile("v");
        offerVolatile("dropped");
        assertThat(outbox.size()).isEqualTo(60);
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5", "v"));
        assertThat(transport.closes()).isEmpty();
    }

    @Test
    void whenFullWaitingVolatileParcelsMakeRoomInPlace() {
        offer("1");
        offerVolatile("v1");
        offer("2", "3");
        offerVolatile("v2");
        offer("4", "5", "6", "7", "8");
        assertThat(outbox.size()).isEqualTo(100);
        offer("9", "10");
        assertThat(transport.closes()).isEmpty();
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
        offer("11");
        outbox.flush();
        assertThat(transport.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void aVolatileParcelThatDoesNotFitIsDroppedAndClosesNothing() {
        offer("1", "2", "3", "4", "5");
        outbox.offer(Parcel.of(List.of(Frame.text("v".repeat(90))), true));
        assertThat(transport.closes()).isEmpty();
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5"));
    }

    @Test
    void finishWritesWhatWaitsAndClosesThen() {
        offer("a");
        outbox.flush();
        offer("b");
        outbox.finish(CloseReason.DRAINING);
        offer("too late");
        transport.complete();
        assertThat(transport.closes()).isEmpty();
        outbox.flush();
        transport.complete();
        assertThat(frames()).containsExactly(List.of("a"), List.of("b"));
        assertThat(transport.closes()).containsExactly(CloseReason.DRAINING);
    }

    @Test
    void finishOfAnEmptyQueueClosesAtOnceAndOnce() {
        outbox.finish(CloseReason.DISCONNECTED);
        outbox.finish(CloseReason.DRAINING);
        assertThat(transport.closes()).containsExactly(CloseReason.DISCONNECTED);
    }

    @Test
    void abandonClosesAtOnceAndForgetsWhatWaits() {
        offer("a");
        outbox.flush();
        offer("b");
        outbox.abandon(CloseReason.BAD_FRAME);
        assertThat(transport.closes()).containsExactly(CloseReason.BAD_FRAME);
        transport.complete();
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("a"));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void discardLetsGoOfEverything() {
        offer("a", "b");
        outbox.discard();
        outbox.flush();
        offer("c");
        outbox.flush();
        assertThat(transport.writes()).isEmpty();
        assertThat(outbox.size()).isZero();
    }

    @Test
    void aWriteThatFailsCutsTheConnection() {
        offer("a");
        outbox.flush();
        offer("b");
        transport.fail();
        outbox.flush();
        assertThat(transport.terminations()).isEqualTo(1);
        assertThat(frames()).containsExactly(List.of("a"));
    }

    @Test
    void aTransportThatThrowsOnCloseDoesNotHurtWhoOffered() {
        RecordingTransport broken =
                new RecordingTransport().manually().throwingOnClose(new IllegalStateException("a container's bug"));
        Outbox full = new Outbox(broken, idle, 15);
        full.offer(parcel("1", false));
        full.offer(parcel("2", false));
        full.flush();
        assertThat(broken.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(broken.terminations()).isEqualTo(1);
    }

    @Test
    void everyFrameLeavesOnceAndInOrderWhicheverThreadsRace() throws Exception {
        Random random = Races.random();
        try (Flusher flusher = new Flusher("racing").start()) {
            for (int round = 0; round < 60; round++) {
                RecordingTransport wire = new RecordingTransport();
                Outbox racing = new Outbox(wire, flusher, 1 << 20);
                int each = 1 + random.nextInt(200);
                boolean mayLinger = round % 12 == 0;
                Races.together(4, racer -> {
                    for (int i = 0; i < each; i++) {
                        racing.offer(parcel(racer + ":" + i, false, mayLinger && i % 2 == 0));
                    }
                    return racer;
                });
                assertThat(wire.awaitFrames(4 * each)).hasSize(4 * each);
                assertThat(wire.overlapped()).isFalse();
                for (int racer = 0; racer < 4; racer++) {
                    assertThat(of(wire, racer)).hasSize(each).isSorted();
                }
            }
        }
    }

    private static List<Integer> of(RecordingTransport wire, int racer) {
        return wire.frames().stream()
                .map(String::strip)
                .filter(frame -> frame.startsWith(racer + ":"))
                .map(frame -> Integer.valueOf(frame.substring(2)))
                .toList();
    }

    private List<List<String>> frames() {
        List<List<String>> stripped = new ArrayList<>();
        transport
                .writes()
                .forEach(write -> stripped.add(write.stream().map(String::strip).toList()));
        return stripped;
    }

    private void offer(String... names) {
        for (String name : names) {
            outbox.offer(parcel(name, false));
        }
    }

    private void offerVolatile(String name) {
        outbox.offer(parcel(name, true));
    }

    private static Parcel parcel(String name, boolean isVolatile) {
        return parcel(name, isVolatile, false);
    }

    private static Parcel parcel(String name, boolean isVolatile, boolean isLingering) {
        return Parcel.of(List.of(frame(name)), isVolatile, isLingering, Optional.empty(), Parcel.UNSTAMPED);
    }

    private static Frame frame(String name) {
        return Frame.text(name + " ".repeat(8 - name.length()));
    }
}
