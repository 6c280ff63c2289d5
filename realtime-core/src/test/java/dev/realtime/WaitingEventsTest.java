package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many events may wait while those before them are being done. */
class WaitingEventsTest {
    private static final int ON_CONNECTION = 3;
    private static final int ON_NODE = 5;
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
                usual.rates());
    }
}
