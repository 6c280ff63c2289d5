package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionSettings.Liveness;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who says nothing for long: reaped after five minutes without a frame, or ended after one without an event. */
class SilenceTest {
    private static final String ROOM = "chat:ana:ben";

    private final TestNode reaping = node(Liveness.DEFAULTS);
    private final TestNode idling = node(new Liveness(Duration.ZERO, Duration.ofMinutes(1)));

    private final Acceptor hardlyPinging = reaping.realtime.accept(new SocketIoProtocol(new SocketIoSettings(
            new EngineIoSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(10), 1_000_000))));

    @AfterEach
    void close() {
        reaping.close();
        idling.close();
    }

    @Test
    void whoAnswersPingsIsNeverReaped() {
        TestClient ana = reaping.client("ana/patient");
        reaping.time.advance(Duration.ofMinutes(30));
        ana.settle();
        assertThat(ana.packets()).filteredOn("2"::equals).hasSize(72);
        assertThat(ana.isClosed()).isFalse();
    }

    @Test
    void aConnectionWithoutAnyFrameIsReaped() {
        TestClient ben = reaping.clientIn(ROOM, "ben/patient");
        TestClient ana = TestClient.open(hardlyPinging);
        ana.welcome("ana/patient");
        TestNode.join(ana, ROOM);
        reaping.time.advance(Duration.ofMinutes(4));
        ana.settle();
        reaping.time.advance(Duration.ofMillis(5 * 60_000 - 1));
        assertThat(ana.isClosed()).isFalse();
        reaping.time.advance(Duration.ofMillis(1));
        assertThat(ana.closed()).isEqualTo(CloseReason.TIMEOUT);
        TestNode.soonAsTimePasses(
                reaping.time,
                Duration.ofSeconds(5),
                () -> !ben.events("room:userLeft").isEmpty());
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("ping_timeout");
    }

    @Test
    void whoWasReapedMayComeBackToItsSession() {
        TestClient ana = TestClient.open(hardlyPinging);
        Payload answer = ana.connect("ana/patient");
        ana.settle();
        reaping.time.advance(Duration.ofMinutes(5));
        ana.closed();
        TestClient back = TestClient.open(hardlyPinging);
        assertThat(comeBack(back, answer)).isTrue();
        back.lose();
    }

    @Test
    void aSignOfLifeSetsNoAlarm() {
        TestClient ana = reaping.client("ana/patient");
        ana.settle();
        int alarms = reaping.time.waiting();
        for (int i = 0; i < 50; i++) {
            ana.settle();
        }
        assertThat(reaping.time.waiting()).isEqualTo(alarms);
        ana.lose();
        TestNode.soon(() -> reaping.realtime.sessions().count() == 0);
    }

    @Test
    void whoSendsNoEventForTooLongIsDisconnected() {
        TestClient ana = idling.clientIn(ROOM, "ana/patient");
        TestClient ben = idling.clientIn(ROOM, "ben/patient");
        idling.time.advance(Duration.ofSeconds(30));
        ben.tell("nothing:such", "{}");
        idling.time.advance(Duration.ofSeconds(30));
        assertThat(ana.closed()).isEqualTo(CloseReason.DISCONNECTED);
        assertThat(ana.packets()).contains("41");
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("server_disconnect");
        assertThat(ben.isClosed()).isFalse();
    }

    @Test
    void eachNamespaceIsIdleByItself() {
        TestClient root = idling.client("ana/patient");
        TestClient alias = root.in("/api");
        alias.welcome("ana/patient");
        alias.settle();
        idling.time.advance(Duration.ofSeconds(59));
        root.settle();
        idling.time.advance(Duration.ofSeconds(1));
        alias.tell("nothing:such", "{}");
        root.settle();
        assertThat(root.packets()).contains("41/api,");
        assertThat(root.isClosed()).isFalse();
        idling.time.advance(Duration.ofSeconds(60));
        assertThat(root.closed()).isEqualTo(CloseReason.DISCONNECTED);
    }

    @Test
    void whoWasIdleDoesNotGetItsSessionBack() {
        TestClient ana = idling.open();
        Payload answer = ana.connect("ana/patient");
        ana.settle();
        idling.time.advance(Duration.ofMinutes(1));
        ana.closed();
        assertThat(comeBack(idling.open(), answer)).isFalse();
    }

    private static boolean comeBack(TestClient back, Payload answer) {
        back.connectWith("{\"token\":\"ana/patient\",\"pid\":\"" + text(answer, "pid") + "\"}");
        return back.next("connected").get("recovered").orElseThrow().asBoolean();
    }

    private static TestNode node(Liveness liveness) {
        return new TestNode(choices -> choices.settings(
                TestNode.settings(TestNode.sessions(TestNode.UNLIMITED).with(liveness), RecoverySettings.DEFAULTS)));
    }
}
