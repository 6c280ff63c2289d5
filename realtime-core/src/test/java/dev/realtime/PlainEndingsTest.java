package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.SessionSettings.Liveness;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the endings of a session's own time are to a client of the plain protocol: the close code says it. */
class PlainEndingsTest {
    private static final String ROOM = "chat:ana:ben";
    private static final PlainSettings HARDLY_PINGING =
            new PlainSettings(Duration.ofHours(1), Duration.ofHours(1), 1_000_000);

    private final TestNode node = new TestNode(choices -> choices.settings(TestNode.settings(
            TestNode.sessions(TestNode.UNLIMITED).with(new Liveness(Duration.ofMinutes(5), Duration.ofMinutes(2))),
            RecoverySettings.DEFAULTS)));
    private final Acceptor acceptor = node.realtime.accept(new PlainProtocol(HARDLY_PINGING));
    private final PlainTestClient ana = PlainTestClient.open(acceptor);

    @AfterEach
    void close() {
        ana.lose();
        node.close();
    }

    @Test
    void aTokenThatHasRunOutIsToldAndClosedAsUnauthenticated() {
        Payload greeting = ana.connect("ana/patient/2026-11-23T09:17:08Z");
        ana.settle();
        node.time.advance(Duration.ofSeconds(20));
        assertThat(text(ana.next("auth:expiring"), "expiresAt")).isEqualTo("2026-11-23T09:17:08.000Z");
        node.time.advance(Duration.ofSeconds(60));
        assertThat(text(ana.next("auth:expired"), "timestamp")).isEqualTo("2026-11-23T09:17:08.000Z");
        assertThat(ana.closed().code()).isEqualTo(4401);
        assertThat(ana.frames().get(ana.frames().size() - 1)).startsWith("{\"event\":\"auth:expired\"");
        assertThat(comesBack(greeting)).isTrue();
    }

    @Test
    void aRefreshIsAnsweredAndKeepsTheSession() {
        ana.connect("ana/patient/2026-11-23T09:16:18Z");
        ana.next("auth:expiring");
        assertThat(ana.ask("auth:refresh", "{\"token\":\"ana/patient/2026-11-23T10:00:00Z\"}"))
                .isEqualTo(TestNode.json("{'success':true,'expiresAt':'2026-11-23T10:00:00.000Z'}"));
        node.time.advance(Duration.ofMinutes(1));
        ana.settle();
    }

    @Test
    void aSessionWithoutEventsIsClosedAsDisconnected() {
        Payload greeting = ana.connect("ana/patient");
        ana.settle();
        node.time.advance(Duration.ofMinutes(2));
        assertThat(ana.closed().code()).isEqualTo(4410);
        assertThat(comesBack(greeting)).isFalse();
    }

    @Test
    void aConnectionWithoutFramesIsClosedAsTimedOut() {
        try (TestNode reaping = new TestNode(choices -> choices.settings(TestNode.settings(
                TestNode.sessions(TestNode.UNLIMITED).with(Liveness.DEFAULTS), RecoverySettings.OFF)))) {
            PlainTestClient silent = PlainTestClient.open(reaping.realtime.accept(new PlainProtocol(HARDLY_PINGING)));
            PlainTestClient listening =
                    PlainTestClient.open(reaping.realtime.accept(new PlainProtocol(PlainSettings.defaults())));
            silent.connect("ana/patient");
            listening.connect("ben/patient");
            reaping.time.advance(Duration.ofMinutes(5));
            assertThat(silent.closed().code()).isEqualTo(4408);
            reaping.time.advance(Duration.ofMinutes(5));
            listening.settle();
            listening.lose();
        }
    }

    @Test
    void whoClosesHasLeftForGood() {
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        Payload greeting = ana.connect("ana/patient");
        ana.ask("room:join", "{\"roomId\":\"" + ROOM + "\",\"roomType\":\"chat\"}");
        ana.leave();
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("client_disconnect");
        assertThat(comesBack(greeting)).isFalse();
    }

    private boolean comesBack(Payload greeting) {
        PlainTestClient back = PlainTestClient.open(acceptor);
        back.send("{\"event\":\"connect\",\"data\":{\"token\":\"ana/patient\",\"pid\":\"" + text(greeting, "pid")
                + "\"}}");
        boolean isRecovered =
                back.next("connected").get("recovered").map(Payload::asBoolean).orElseThrow();
        back.lose();
        return isRecovered;
    }
}
