package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.testkit.Races;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of 10 bytes with their header of 2, queues of 100; the flusher is the test itself. */
class OutboxTest {
    private static final Protocol PROTOCOL = new SocketIoProtocol(SocketIoSettings.defaults());
    private static final Channel CHANNEL = new Channel(PROTOCOL, "/");

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
    void belowHalfEachValueIsWritten() {
        offerValue("a", "a1");
        offerValue("a", "a2");
        offerValue("b", "b1");
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("a1", "a2", "b1"));
    }

    @Test
    void aboveHalfTheNewestOfEachTakesThePlaceOfTheOlder() {
        offerValue("a", "a1");
        offer("1", "2", "3");
        offerValue("b", "b1");
        offerValue("a", "a2");
        offerValue("a", "a3");
        assertThat(outbox.size()).isEqualTo(50);
        offer("4");
        offerValue("c", "c1");
        offerVolatile("dropped");
        offerValue("b", "b2");
        assertThat(outbox.size()).isEqualTo(70);
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("a3", "1", "2", "3", "b2", "4", "c1"));
        offerValue("b", "b3");
        transport.complete();
        outbox.flush();
        assertThat(frames()).hasSize(2).endsWith(List.of("b3"));
    }

    @Test
    void whenFullWhatIsMerelyVolatileMakesRoomFirstThenTheValues() {
        offerVolatile("v");
        offerValue("a", "a1");
        offer("1", "2", "3", "4", "5");
        offerValue("a", "a2");
        offerValue("b", "b1");
        offer("6", "7");
        offerValue("b", "b2");
        assertThat(outbox.size()).isEqualTo(100);
        offer("8");
        assertThat(outbox.size()).isEqualTo(100);
        offer("9");
        assertThat(outbox.size()).isEqualTo(90);
        offer("10");
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
        offer("11");
        outbox.flush();
        assertThat(transport.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void whenFullAValueMakesRoomOfTheMerelyVolatileOrIsDropped() {
        offerVolatile("v");
        offer("1", "2", "3", "4", "5", "6", "7", "8", "9");
        offerValue("a", "a1");
        offerValue("b", "b1");
        offerValue("a", "a2");
        assertThat(outbox.size()).isEqualTo(100);
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "a2"));
        assertThat(transport.closes()).isEmpty();
    }

    @Test
    void valuesOfDifferentChannelsAreNotTheSame() {
        offer("1", "2", "3", "4", "5", "6");
        offerValue("a", "a1");
        outbox.offer(Parcel.of(
                List.of(frame("other")),
                true,
                false,
                Optional.of(new Parcel.Conflation(new Channel(PROTOCOL, "/api"), "changed", "a")),
                Parcel.UNSTAMPED));
        outbox.flush();
        assertThat(frames()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "a1", "other"));
    }

    /** However much changes, what waits is bounded by what there is to watch, and the last of each arrives. */
    @Test
    void whateverIsOfferedTheLastValueOfEachArrivesUnlessItsPlaceWasNeeded() {
        Random random = Races.random();
        for (int round = 0; round < 300; round++) {
            RecordingTransport wire = new RecordingTransport().manually();
            Outbox slow = new Outbox(wire, idle, 600);
            Map<String, String> last = new HashMap<>();
            int lasting = 0;
            for (int step = 0; step < 200; step++) {
                String key = "k" + random.nextInt(8);
                int what = random.nextInt(20);
                if (what == 0) {
                    slow.offer(parcel("v" + step, true));
                } else if (what == 1 && lasting < 24) {
                    slow.offer(parcel("l" + lasting++, false));
                } else {
                    String value = key + "=" + step;
                    slow.offer(value(key, value));
                    last.put(key, value);
                }
                if (step == 20) {
                    slow.flush();
                }
                assertThat(slow.size()).isBetween(0, 600);
            }
            wire.complete();
            slow.flush();
            List<String> written = wire.frames().stream().map(String::strip).toList();
            Map<String, String> heard = new HashMap<>();
            written.stream()
                    .filter(name -> name.startsWith("k"))
                    .forEach(name -> heard.put(name.substring(0, 2), name));
            assertThat(heard).isEqualTo(last);
            assertThat(written.stream().filter(name -> name.startsWith("l")).toList())
                    .isEqualTo(
                            IntStream.range(0, lasting).mapToObj(i -> "l" + i).toList());
            assertThat(wire.closes()).isEmpty();
            wire.complete();
            assertThat(slow.size()).isZero();
        }
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

    private void offerValue(String of, String name) {
        outbox.offer(value(of, name));
    }

    private static Parcel value(String of, String name) {
        return Parcel.of(
                List.of(frame(name)),
                true,
                false,
                Optional.of(new Parcel.Conflation(CHANNEL, "changed", of)),
                Parcel.UNSTAMPED);
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
