package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.Session;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a connection ends: what its client sees, what the others read, and who may come back. */
class EndingsTest {
    private static final String ROOM = "chat:ana:ben";

    private final TestNode node = new TestNode(choices -> choices.settings(TestNode.settings(
            new SessionSettings(
                    Duration.ofSeconds(45),
                    50_000,
                    100,
                    50,
                    1_000,
                    1_000,
                    Duration.ofSeconds(20),
                    new SessionSettings.Rates(50, 100, 0, 0, 0, 0)),
            RecoverySettings.DEFAULTS)));

    @AfterEach
    void close() {
        node.close();
    }

    /** What happens to ana's connection, ben being there. */
    @FunctionalInterface
    private interface Deed {
        void happens(TestNode node, TestClient ana, TestClient ben);
    }

    /** At once and for good is the end by somebody's word; any other is a loss, told after a grace. */
    private record Ending(CloseReason seen, String left, boolean isByWord, boolean mayComeBack) {}

    static Stream<Arguments> endings() {
        Ending malformed = new Ending(CloseReason.BAD_FRAME, "transport_close", false, false);
        Ending unknownNamespace = new Ending(CloseReason.UNAUTHENTICATED, "transport_close", false, true);
        Ending expelled = new Ending(CloseReason.DISCONNECTED, "server_disconnect", true, false);
        return Stream.of(
                Arguments.of("a packet of no kind", sends("49"), malformed),
                Arguments.of("JSON that is too deep", sends("42[\"a\"," + "[".repeat(32) + "]".repeat(33)), malformed),
                Arguments.of("a name of the protocol's own", sends("42[\"disconnecting\"]"), malformed),
                Arguments.of("an event before its connect", sends("42/api,[\"a\"]"), unknownNamespace),
                Arguments.of(
                        "an oversize frame",
                        sends("42[\"" + "x".repeat(1_000_000) + "\"]"),
                        new Ending(CloseReason.TOO_LARGE, "transport_close", false, true)),
                Arguments.of(
                        "no pong",
                        (Deed) EndingsTest::ignorePings,
                        new Ending(CloseReason.LOST, "ping_timeout", false, true)),
                Arguments.of(
                        "a slow consumer",
                        (Deed) EndingsTest::readNoMore,
                        new Ending(CloseReason.LOST, "slow_consumer", false, true)),
                Arguments.of(
                        "a broken network",
                        (Deed) (node, ana, ben) -> ana.lose(),
                        new Ending(CloseReason.LOST, "transport_close", false, true)),
                Arguments.of("the host", (Deed) (node, ana, ben) -> endSessions(node), expelled),
                Arguments.of(
                        "abuse",
                        (Deed) EndingsTest::abuse,
                        new Ending(CloseReason.RATE, "server_disconnect", true, false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void anEndIsToldAsWhatItIs(String name, Deed deed, Ending ending) {
        TestClient ana = node.open();
        Payload answer = ana.connect("ana/patient");
        ana.next("connected");
        TestNode.assertSuccess(TestNode.join(ana, ROOM));
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        deed.happens(node, ana, ben);

        assertThat(ana.closed()).isEqualTo(ending.seen());
        assertThat(ana.packets().contains("41")).isEqualTo(ending.isByWord());
        TestNode.soonAsTimePasses(
                node.time,
                ending.isByWord() ? Duration.ZERO : Duration.ofSeconds(5),
                () -> !ben.events("room:userLeft").isEmpty());
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo(ending.left());
        TestClient back = node.open();
        back.connectWith("{\"token\":\"ana/patient\",\"pid\":\"" + text(answer, "pid") + "\"}");
        assertThat(back.next("connected").get("recovered").map(Payload::asBoolean))
                .contains(ending.mayComeBack());
        node.time.advance(Duration.ofSeconds(10));
        ben.settle();
        assertThat(ben.events("room:userLeft")).hasSize(1);
    }

    private static Deed sends(String packet) {
        return (node, ana, ben) -> ana.send(packet);
    }

    private static void ignorePings(TestNode node, TestClient ana, TestClient ben) {
        ana.stall();
        node.time.advance(Duration.ofSeconds(45));
    }

    /** The connection is cut five seconds after it was given up. */
    private static void readNoMore(TestNode node, TestClient ana, TestClient ben) {
        ana.stall();
        String message = "{\"roomId\":\"" + ROOM + "\",\"message\":\"" + "x".repeat(9_000) + "\"}";
        for (int i = 0; i < 10; i++) {
            TestNode.assertSuccess(ben.ask("message:send", message));
        }
        TestNode.soon(() -> ana.closes().equals(List.of(CloseReason.SLOW_CONSUMER)));
        node.time.advance(Duration.ofMillis(4_999));
        assertThat(ana.isClosed()).isFalse();
        node.time.advance(Duration.ofMillis(1));
    }

    private static void endSessions(TestNode node) {
        node.realtime.sessions().of(new UserId("ana")).forEach(Session::disconnect);
    }

    private static void abuse(TestNode node, TestClient ana, TestClient ben) {
        for (int i = 0; i < 600; i++) {
            ana.tell("nothing:such", "{}");
        }
    }
}
