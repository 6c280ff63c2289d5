package dev.realtime.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.Realtime;
import dev.realtime.json.Payload;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of a node in any container, seen from its clients. Subclasses start the container. */
public abstract class ContainerContract {
    private static final String ROOM = "lobby";
    private static final int MOST = 1_000_000;

    private final Realtime realtime = Nodes.start();
    private Host host = new Host(0, () -> {});

    /** A host for {@code realtime} on any free port. */
    protected abstract Host start(Realtime realtime) throws Exception;

    @BeforeEach
    final void open() throws Exception {
        host = start(realtime);
    }

    @AfterEach
    final void close() throws IOException {
        host.close();
    }

    @Test
    void stockClientsTalk() throws Exception {
        try (StockClient ana = new StockClient(host.port(), "ana/patient", "websocket");
                StockClient ben = new StockClient(host.port(), "ben/provider", "websocket")) {
            ana.join(ROOM);
            ben.join(ROOM);
            assertThat(ana.say(ROOM, "Grüezi").getBoolean("success")).isTrue();
            assertThat(ben.next("message:new").getString("message")).isEqualTo("Grüezi");
            assertThat(ben.say(ROOM, "x".repeat(8_000)).getBoolean("success")).isTrue();
            assertThat(ana.next("message:new").getString("message")).hasSize(8_000);
        }
    }

    @Test
    void plainAndStockClientsTalk() throws Exception {
        try (StockClient ana = new StockClient(host.port(), "ana/patient", "websocket");
                PlainPeer ben = PlainPeer.in(ROOM, host.port(), "ben/provider")) {
            ana.join(ROOM);
            assertThat(PlainPeer.isSuccess(ben.say(ROOM, "\u20ac"))).isTrue();
            assertThat(ana.next("message:new").getString("message")).isEqualTo("\u20ac");
            ana.say(ROOM, "back");
            assertThat(text(ben.next("message:new"), "message")).isEqualTo("back");
        }
    }

    @Test
    void ofManySendersNothingIsLostAndTheOrderIsKept() throws Exception {
        int senders = 6;
        int each = 100;
        try (PlainPeer reader = PlainPeer.in(ROOM, host.port(), "reader/patient");
                StockClient other = new StockClient(host.port(), "other/patient", "websocket")) {
            other.join(ROOM);
            Races.together(senders, sender -> {
                try (PlainPeer peer = PlainPeer.in(ROOM, host.port(), "sender" + sender + "/patient")) {
                    for (int i = 0; i < each; i++) {
                        assertThat(PlainPeer.isSuccess(peer.say(ROOM, "y".repeat(1 + i * 30))))
                                .isTrue();
                    }
                    return sender;
                }
            });
            for (int seq = 1; seq <= senders * each; seq++) {
                assertThat(reader.next("message:new").get("seq").orElseThrow().asLong())
                        .isEqualTo(seq);
                assertThat(other.next("message:new").getLong("seq")).isEqualTo(seq);
            }
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsHeard() throws Exception {
        try (PlainPeer ana = PlainPeer.connected(host.port(), "ana/patient")) {
            String frame = "{\"event\":\"room:join\",\"id\":99,\"data\":{},\"fill\":\"\"}";
            String largest = frame.replace("\"\"}", "\"" + "\u20ac".repeat((MOST - frame.length()) / 3) + "\"}");
            ana.socket.text(largest + " ".repeat(MOST - largest.getBytes(StandardCharsets.UTF_8).length));
            assertThat(Payload.parse(ana.socket.receive().content()).get("reply"))
                    .contains(Payload.of(99));
        }
    }

    @Test
    void whatIsTooLargeEndsItsConnectionAlone() throws Exception {
        try (PlainPeer ben = PlainPeer.in(ROOM, host.port(), "ben/patient")) {
            byte[] large = " ".repeat(MOST + 1).getBytes(StandardCharsets.US_ASCII);
            assertThat(endOf(socket -> socket.tryFrame(RawSocket.TEXT, large))).isIn(4413, 1009, 1011);
            assertThat(endOf(socket -> socket.tryFrame(RawSocket.TEXT, Arrays.copyOf(large, 5 * MOST))))
                    .isIn(4413, 1009, 1011);
            assertThat(endOf(socket -> socket.tryFrame(RawSocket.BINARY, large)))
                    .isIn(4413, 1009, 1011);
            assertThat(endOf(ContainerContract::sendFragments)).isIn(4413, 1009, 1011);
            assertThat(PlainPeer.isSuccess(ben.say(ROOM, "still here"))).isTrue();
            Nodes.awaitSessions(realtime, 1);
        }
    }

    @Test
    void aFrameThatIsNotOfTheProtocolIsClosedSo() throws Exception {
        assertThat(endOf(socket -> socket.frame(RawSocket.BINARY, new byte[] {1})))
                .isEqualTo(4400);
        assertThat(endOf(socket -> socket.text("{"))).isEqualTo(4400);
    }

    @Test
    void aClientThatClosesHasLeftAtOnce() throws Exception {
        try (PlainPeer ana = PlainPeer.in(ROOM, host.port(), "ana/patient");
                PlainPeer ben = PlainPeer.in(ROOM, host.port(), "ben/patient")) {
            ana.socket.close(1000);
            assertThat(ana.socket.closeCode()).isEqualTo(1000);
            ana.socket.awaitEnd();
            assertThat(text(ben.next("room:userLeft"), "userId")).isEqualTo("ana");
        }
    }

    @Test
    void aConnectionThatBreaksIsNoticed() throws Exception {
        try (PlainPeer ben = PlainPeer.in(ROOM, host.port(), "ben/patient")) {
            PlainPeer.in(ROOM, host.port(), "ana/patient").socket.reset();
            assertThat(text(ben.next("room:userLeft"), "userId")).isEqualTo("ana");
            Nodes.awaitSessions(realtime, 1);
        }
    }

    @Test
    void aDisconnectedClientHearsItsCodeAndTheConnectionEnds() throws Exception {
        try (PlainPeer ana = PlainPeer.connected(host.port(), "ana/patient")) {
            realtime.sessions().all().forEach(session -> session.disconnect());
            assertThat(ana.socket.closeCode()).isEqualTo(4410);
            ana.socket.close(4410);
            ana.socket.awaitEnd();
            Nodes.awaitSessions(realtime, 0);
        }
    }

    @Test
    void aForeignOriginIsTurnedAway() throws Exception {
        try (RawSocket page = RawSocket.upgraded(host.port(), "/realtime", "Origin: https://evil.example")) {
            assertThat(page.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void aStopTellsTheClientsAndFreesThePort() throws Exception {
        try (PlainPeer ana = PlainPeer.connected(host.port(), "ana/patient");
                StockClient ben = new StockClient(host.port(), "ben/patient", "websocket")) {
            int port = host.port();
            Races.together(2, racer -> {
                if (racer == 0) {
                    host.close();
                } else {
                    assertThat(ana.next("server:shutdown").get("reconnectAfterMs"))
                            .isPresent();
                    assertThat(ana.socket.closeCode()).isEqualTo(4503);
                    ana.socket.close(4503);
                    ana.socket.awaitEnd();
                    ben.next("server:shutdown");
                }
                return racer;
            });
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(IOException.class);
        }
    }

    private interface Deed {
        void on(RawSocket socket) throws IOException;
    }

    /** With which code a connection ends after the deed. */
    private int endOf(Deed deed) throws IOException {
        try (PlainPeer peer = PlainPeer.connected(host.port(), "mallory/patient")) {
            deed.on(peer.socket);
            return peer.socket.closeCode();
        }
    }

    /** One text message in parts that are each small enough (RFC 6455 section 5.4). */
    private static void sendFragments(RawSocket socket) {
        byte[] part = " ".repeat(MOST / 4).getBytes(StandardCharsets.US_ASCII);
        socket.tryFrame(0x01, part);
        LongStream.range(0, 8).forEach(i -> socket.tryFrame(0x00, part));
        socket.tryFrame(0x80, part);
    }

    private static String text(Payload object, String field) {
        return object.get(field).map(Payload::asText).orElse("no " + field);
    }
}
