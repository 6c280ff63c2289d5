package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Frame;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many events may wait while those before them are being done. */
class WaitingEventsTest {
    private static final int ON_CONNECTION = 3;
    private static final int ON_NODE = 5;
    private static final int BYTES_OF_CONNECTION = 50_000;
    private static final int BYTES_ON_NODE = 80_000;
    private static final String LEAVE = "{\"roomId\":\"any\"}";

    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch mayGo = new CountDownLatch(1);
    private final TestNode node = new TestNode(
            choices -> choices.settings(TestNode.settings(bounded())).roomPolicy((who, room) -> blocked()));

    @AfterEach
    void close() {
        mayGo.countDown();
        node.close();
    }

    @Test
    void beyondTheBoundOfItsConnectionAnEventIsRefusedAndThoseThatWaitAreDone() throws Exception {
        TestClient ana = node.client("ana/patient");
        List<Long> asked = block(ana, "of-ana");
        asked.addAll(leaves(ana, ON_CONNECTION));
        assertThat(unavailable(ana.ask("room:leave", LEAVE))).isTrue();
        assertThat(unavailable(ana.ask("nothing:such", "{}"))).isFalse();
        mayGo.countDown();
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        TestNode.assertSuccess(ana.ask("room:leave", LEAVE));
    }

    @Test
    void beyondTheBytesOfItsConnectionAnEventIsRefusedUntilThoseBeforeAreDone() throws Exception {
        TestClient ana = node.client("ana/patient");
        List<Long> asked = block(ana, "of-ana");
        asked.add(ana.askLater("room:leave", large(BYTES_OF_CONNECTION - 1_000)));
        assertThat(unavailable(ana.ask("room:leave", large(2_000)))).isTrue();
        asked.addAll(leaves(ana, 1));
        mayGo.countDown();
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        TestNode.soon(() -> !unavailable(ana.ask("room:leave", large(BYTES_OF_CONNECTION - 1_000))));
    }

    @Test
    void beyondTheBytesOfTheNodeAnEventOfAnyConnectionIsRefused() throws Exception {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/patient");
        List<Long> ofAna = block(ana, "of-ana");
        ofAna.add(ana.askLater("room:leave", large(BYTES_OF_CONNECTION - 1_000)));
        assertThat(unavailable(ben.ask("room:leave", large(BYTES_ON_NODE - BYTES_OF_CONNECTION + 2_000))))
                .isTrue();
        TestNode.assertSuccess(ben.ask("room:leave", LEAVE));
        mayGo.countDown();
        ofAna.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        TestNode.soon(() -> !unavailable(ben.ask("room:leave", large(BYTES_ON_NODE - BYTES_OF_CONNECTION + 2_000))));
    }

    @Test
    void whatWaitsInACrowdIsUnderstoodAsWellAsAnyOther() throws Exception {
        TestClient ana = node.client("ana/patient");
        List<Long> asked = block(ana, "of-ana");
        asked.add(ana.askLater("room:leave", large(BYTES_ON_NODE / 8 + 1_000)));
        asked.add(ana.askLater(
                "message:send", "{\"roomId\":\"of-ana\",\"message\":\"h\u00e9\",\"metadata\":{\"a\":[1.5]}}"));
        mayGo.countDown();
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        assertThat(ana.next("message:sent").get("message")).hasValue(Payload.of("h\u00e9"));
        assertThat(ana.events("message:sent").get(0).get("metadata").flatMap(metadata -> metadata.get("a")))
                .hasValueSatisfying(list -> assertThat(list).hasToString("[1.5]"));
    }

    @Test
    void whatWaitsInACrowdIsKeptAsItsJsonAlone() throws Exception {
        Watched watched = new Watched();
        TestClient ana = TestClient.open(node.realtime.accept(watched));
        ana.welcome("ana/patient");
        List<Long> asked = block(ana, "of-ana");
        asked.add(ana.askLater("room:leave", large(BYTES_ON_NODE / 8 + 1_000)));
        asked.add(ana.askLater("room:leave", LEAVE));
        await().pollDelay(Duration.ZERO).until(() -> {
            System.gc();
            return watched.isGone(2);
        });
        assertThat(watched.isGone(1)).isFalse();
        mayGo.countDown();
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        ana.lose();
    }

    @Test
    void connectsThatAreTakenBackCountUntilTheirTurnAndAreRefusedBeyondTheBound() throws Exception {
        TestClient ana = node.client("ana/patient");
        List<Long> asked = block(ana, "of-ana");
        TestClient alias = ana.in("/api");
        for (int i = 0; i < ON_CONNECTION; i++) {
            alias.send("40/api,{\"token\":\"ana/patient\"}");
            alias.leave();
        }
        assertThat(alias.connect("ana/patient"))
                .isEqualTo(TestNode.json("{'message':'Authentication error: Token verification failed',"
                        + "'data':{'code':'verification_failed'}}"));
        assertThat(unavailable(ana.ask("room:leave", LEAVE))).isTrue();
        mayGo.countDown();
        asked.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        // Its turn comes behind all the connects.
        await().until(() -> !unavailable(ana.ask("room:leave", LEAVE)));
        alias.welcome("ana/patient");
    }

    @Test
    void beyondTheBoundOfTheNodeAnEventOfAnyConnectionIsRefused() throws Exception {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/patient");
        List<Long> ofAna = block(ana, "of-ana");
        List<Long> ofBen = block(ben, "of-ben");
        ofAna.addAll(leaves(ana, ON_CONNECTION));
        ofBen.addAll(leaves(ben, ON_NODE - ON_CONNECTION));
        assertThat(unavailable(ben.ask("room:leave", LEAVE))).isTrue();
        mayGo.countDown();
        ofAna.forEach(id -> TestNode.assertSuccess(ana.ack(id)));
        ofBen.forEach(id -> TestNode.assertSuccess(ben.ack(id)));
        TestNode.assertSuccess(ben.ask("room:leave", LEAVE));
    }

    /** The client's first event has begun and does not end; joins of one room would wait for each other. */
    private List<Long> block(TestClient client, String room) throws InterruptedException {
        List<Long> asked = new ArrayList<>();
        asked.add(client.askLater("room:join", "{\"roomId\":\"" + room + "\",\"roomType\":\"chat\"}"));
        assertThat(entered.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        return asked;
    }

    /** An event of about so many bytes, and not more. */
    private static String large(int bytes) {
        return "{\"roomId\":\"any\",\"more\":\"" + "x".repeat(bytes - 100) + "\"}";
    }

    private static List<Long> leaves(TestClient client, int count) {
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(client.askLater("room:leave", LEAVE));
        }
        return asked;
    }

    private boolean blocked() {
        entered.release();
        try {
            return mayGo.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean unavailable(Payload ack) {
        return ack.get("code").map(Payload::asText).orElse("").equals("unavailable");
    }

    private static SessionSettings bounded() {
        SessionSettings usual = TestNode.sessions(TestNode.UNLIMITED);
        return new SessionSettings(
                        usual.connectTimeout(),
                        usual.queueBytes(),
                        usual.maxConnections(),
                        usual.maxSessionsPerUser(),
                        ON_CONNECTION,
                        ON_NODE,
                        usual.drainTimeout(),
                        usual.rates())
                .with(SessionSettings.Liveness.OFF)
                .with(new SessionSettings.WaitingBytes(BYTES_OF_CONNECTION, BYTES_ON_NODE));
    }

    /** Socket.IO that watches the arguments it has read, by the order of their events. */
    private static final class Watched implements Protocol {
        private final Protocol socketIo = new SocketIoProtocol(SocketIoSettings.defaults());
        private final List<WeakReference<Payload>> read = new CopyOnWriteArrayList<>();

        boolean isGone(int event) {
            return read.get(event).get() == null;
        }

        @Override
        public String name() {
            return socketIo.name();
        }

        @Override
        public Decoder newDecoder() {
            Decoder decoder = socketIo.newDecoder();
            return frame -> decoder.decode(frame).map(this::watched);
        }

        private Inbound watched(Inbound inbound) {
            return inbound instanceof Inbound.Event event
                    ? new Inbound.Event(
                            event.namespace(),
                            event.ackId(),
                            () -> noted(event.body().read()))
                    : inbound;
        }

        private Inbound.Call noted(Inbound.Call call) {
            read.add(new WeakReference<>(call.arguments().get(0)));
            return call;
        }

        @Override
        public List<Frame> encode(Outbound message) {
            return socketIo.encode(message);
        }

        @Override
        public Acceptor beneath(Acceptor upper, Timers timers) {
            return socketIo.beneath(upper, timers);
        }
    }
}
