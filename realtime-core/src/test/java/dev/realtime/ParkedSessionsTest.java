package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many sessions that lost their connection a node keeps. */
class ParkedSessionsTest {
    private final TestNode node = new TestNode(choices -> choices.settings(TestNode.settings(
            TestNode.sessions(TestNode.UNLIMITED), new RecoverySettings(Duration.ofMinutes(2), 1_000, 1 << 20, 1))));

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void beyondTheBoundASessionEndsWithItsConnectionAndMakesRoomLater() {
        String ana = lost("ana/patient");
        String ben = lost("ben/patient");
        assertThat(isRecovered("ben/patient", ben)).isFalse();
        assertThat(isRecovered("ana/patient", ana)).isTrue();
        String cid = lost("cid/patient");
        assertThat(isRecovered("cid/patient", cid)).isTrue();
    }

    /** The private id of a client that came and lost its connection. */
    private String lost(String token) {
        TestClient client = node.open();
        String privateId = TestNode.text(client.connect(token), "pid");
        client.next("connected");
        int living = node.realtime.sessions().count();
        client.lose();
        TestNode.soon(() -> node.realtime.sessions().count() < living);
        return privateId;
    }

    private boolean isRecovered(String token, String privateId) {
        TestClient back = node.open();
        back.connectWith(
                Payload.object().put("token", token).put("pid", privateId).end().toString());
        return back.next("connected").get("recovered").map(Payload::asBoolean).orElse(false);
    }
}
