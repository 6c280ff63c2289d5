package dev.realtime.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.Realtime;
import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.json.Payload;
import dev.realtime.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds in any container of clients that do not read. Time is moved. Subclasses start the container. */
public abstract class SlowConsumerContract {
    private static final String ROOM = "lobby";
    private static final int WINDOW = 16_384;
    private static final int EVENT_BYTES = 60_000;
    /** What the network may hold for one connection, and then some. */
    private static final int MOST_EVENTS = 400;

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    /** Nobody is pinged until then. */
    private static final Duration BEFORE_HEARTBEAT = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final LocalFanout fanout = new LocalFanout();
    private final Realtime realtime =
            Nodes.builder().fanout(fanout).clocks(time, time).start();
    private final List<PlainPeer> peers = new ArrayList<>();
    private Host host = new Host(0, () -> {});
    private int published;

    /** A host for {@code realtime} on any free port. */
    protected abstract Host start(Realtime realtime) throws Exception;

    /** Whether the container lets go of a peer that does not do its part. */
    protected boolean canCut() {
        return true;
    }

    @BeforeEach
    final void open() throws Exception {
        host = start(realtime);
    }

    /** Peers go first: a node that drains waits for them in real time. */
    @AfterEach
    final void close() throws IOException {
        for (PlainPeer peer : peers) {
            peer.close();
        }
        Nodes.awaitSessions(realtime, 0);
        host.close();
    }

    @Test
    void aPeerThatNeverReadsIsClosedAndCutAndNobodyElseWaits() throws Exception {
        PlainPeer ana = peer("ana/patient", 0);
        PlainPeer stuck = peer("stuck/patient", WINDOW);
        publishUntilSessions(1, ana);
        time.advance(CLOSE_GRACE);
        assertCut(stuck);
        for (int i = 0; i < 20; i++) {
            publish();
            hear(ana);
        }
    }

    @Test
    void manyThatNeverReadAreAllCutAndOthersCloseMeanwhile() throws Exception {
        PlainPeer ana = peer("ana/patient", 0);
        List<PlainPeer> stuck = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stuck.add(peer("stuck" + i + "/patient", WINDOW));
        }
        publishUntilSessions(1, ana);
        time.advance(CLOSE_GRACE);
        realtime.sessions().all().forEach(session -> session.disconnect());
        assertThat(ana.socket.closeCode()).isEqualTo(4410);
        for (PlainPeer peer : stuck) {
            assertCut(peer);
        }
    }

    @Test
    void whoDoesNotAnswerTheCloseIsCutBeHeSilentOrNot() throws Exception {
        PlainPeer silent = peer("ana/patient", 0);
        PlainPeer talking = peer("ben/patient", 0);
        realtime.sessions().all().forEach(session -> session.disconnect());
        assertThat(silent.socket.closeCode()).isEqualTo(4410);
        assertThat(talking.socket.closeCode()).isEqualTo(4410);
        time.advance(CLOSE_GRACE);
        assertCut(talking);
        if (canCut()) {
            silent.socket.awaitEnd();
        }
    }

    @Test
    void aPeerThatNeverReadsHoldsNoMoreThanItsQueue() throws Exception {
        PlainPeer ana = peer("ana/patient", 0);
        peer("stuck/patient", WINDOW);
        publishUntilSessions(1, ana);
        long before = heap();
        for (int i = 0; i < 1_000; i++) {
            publish();
            hear(ana);
        }
        assertThat(heap() - before).isLessThan(20L << 20);
    }

    private PlainPeer peer(String token, int window) throws IOException {
        PlainPeer peer = PlainPeer.in(ROOM, host.port(), token, window);
        peers.add(peer);
        return peer;
    }

    /** Publishes until only so many sessions are left; {@code reader} hears each event at once. */
    private void publishUntilSessions(int count, PlainPeer reader) throws IOException {
        while (realtime.sessions().count() > count) {
            assertThat(published).as("events published").isLessThan(MOST_EVENTS);
            publish();
            hear(reader);
        }
    }

    private void publish() {
        Payload data = Payload.object()
                .put("number", ++published)
                .put("fill", "z".repeat(EVENT_BYTES))
                .end();
        fanout.publish(Delivery.of(Audience.room(new RoomId(ROOM)), "news", data));
    }

    private void hear(PlainPeer reader) throws IOException {
        assertThat(reader.next("news").get("number")).contains(Payload.of(published));
    }

    /** Without reading: whoever reads lets the server send, and so may the closing go on that had come to a halt. */
    private void assertCut(PlainPeer peer) {
        if (canCut()) {
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        passCloseGraceOfThoseClosedLate();
                        return !canSend(peer);
                    });
        }
    }

    /** A session is not counted any more a moment before its grace begins. */
    private void passCloseGraceOfThoseClosedLate() {
        if (time.instant().isBefore(start.plus(BEFORE_HEARTBEAT))) {
            time.advance(Duration.ofMillis(100));
        }
    }

    private static boolean canSend(PlainPeer peer) {
        try {
            peer.socket.ping();
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
