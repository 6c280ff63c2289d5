package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
    private static final String ROOM = "chat:ana:ben:cat";

    private final TestNode node = new TestNode(builder -> builder.settings(TestNode.settings(new SessionSettings(
                    Duration.ofSeconds(45), 50_000, 100, 50, 1_000, 1_000, Duration.ofSeconds(20), TestNode.UNLIMITED)
            .with(SessionSettings.Liveness.OFF))));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aClientThatReadsNoMoreIsClosedAndCutWhileTheOthersAreServed() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        TestClient cat = node.clientIn(ROOM, "cat/patient");
        int alarms = node.time.waiting();
        ana.stall();
        int sent = 0;
        while (ana.closes().isEmpty()) {
            send(ben, 1_000);
            sent++;
            assertThat(sent).isLessThan(100);
        }
        assertThat(sent).isGreaterThan(30);
        assertThat(ana.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        cat.settle();
        assertThat(cat.events("message:new")).hasSize(sent);
        // Its heartbeat has gone; the alarms of its cut and of its departure come.
        TestNode.soon(() -> node.time.waiting() == alarms + 1);
        assertThat(ana.isClosed()).isFalse();
        node.time.advance(Duration.ofMillis(4_999));
        assertThat(ana.isClosed()).isFalse();
        node.time.advance(Duration.ofMillis(1));
        assertThat(ana.closed()).isEqualTo(CloseReason.LOST);
        assertThat(node.realtime.sessions().count()).isEqualTo(2);
        assertThat(TestNode.text(cat.next("room:userLeft"), "reason")).isEqualTo("slow_consumer");
    }

    @Test
    void aClientThatReadsAgainInTimeMissesNothing() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        ana.stall();
        for (int i = 0; i < 30; i++) {
            send(ben, 1_000);
        }
        ana.resume();
        ana.settle();
        assertThat(ana.events("message:new"))
                .extracting(message -> message.get("seq").orElseThrow().asLong())
                .hasSize(30)
                .isSorted();
    }

    @Test
    void oneMessageLargerThanTheQueueStillArrives() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        TestClient ben = node.clientIn(ROOM, "ben/patient");
        for (int i = 0; i < 6; i++) {
            send(ben, 9_000);
        }
        ana.settle();
        Payload history = ana.ask("message:history", "{\"roomId\":\"chat:ana:ben:cat\"}");
        assertThat(history.size()).isGreaterThan(50_000);
    }

    private static void send(TestClient client, int length) {
        TestNode.assertSuccess(
                client.ask("message:send", "{\"roomId\":\"" + ROOM + "\",\"message\":\"" + "x".repeat(length) + "\"}"));
    }
}
