package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final int CLIENTS = 30;

    private final TestNode node = new TestNode();

    private record Told(TestClient client, Payload farewell) {
        long waitMillis() {
            return DrainTest.waitMillis(farewell);
        }
    }

    @Test
    void clientsAreToldAtOnceAndClosedInStages() throws Exception {
        Instant start = node.time.instant();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(node.clientIn("chat:u" + i + ":ana", "u" + i + "/patient"));
        }
        TestClient unconnected = node.open();
        CompletableFuture<Void> stopped = stop(CLIENTS + 1);

        List<Told> told = clients.stream()
                .map(client -> new Told(client, client.next("server:shutdown")))
                .sorted(Comparator.comparing(Told::waitMillis))
                .toList();
        assertThat(told).extracting(Told::farewell).allSatisfy(farewell -> {
            assertThat(farewell)
                    .isEqualTo(json(
                            "{'message':'Server is shutting down','timestamp':'2026-11-23T09:15:48.000Z',"
                                    + "'reconnectAfterMs':%s}",
                            waitMillis(farewell)));
            assertThat(waitMillis(farewell)).isBetween(1L, 20_000L);
        });
        assertThat(told.stream().map(Told::waitMillis).distinct()).hasSizeGreaterThan(CLIENTS - 3);

        assertRefusals(unconnected);
        TestNode.assertSuccess(clients.get(0).ask("message:send", "{\"recipientId\":\"ana\",\"message\":\"still\"}"));

        for (Told each : told) {
            TestClient client = each.client();
            Duration due = Duration.ofMillis(each.waitMillis() - 1).minus(Duration.between(start, node.time.instant()));
            if (!due.isNegative()) {
                node.time.advance(due);
                assertThat(client.isClosed()).isFalse();
            }
            node.time.advance(Duration.ofMillis(1));
            assertThat(client.closed()).isEqualTo(CloseReason.DRAINING);
        }
        node.time.advance(Duration.ofSeconds(1));
        assertThat(unconnected.closed()).isEqualTo(CloseReason.DRAINING);
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(node.realtime.sessions().count()).isZero();
    }

    @Test
    void aClientThatDoesNotReadIsCut() throws Exception {
        TestClient stalled = node.client("ana/patient");
        stalled.stall();
        CompletableFuture<Void> stopped = stop(1);
        node.time.advance(Duration.ofMillis(200));
        assertThat(stalled.isClosed()).isFalse();
        node.time.advance(Duration.ofSeconds(5));
        assertThat(stalled.closed()).isEqualTo(CloseReason.LOST);
        stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionThatComesLateIsToldToo() throws Exception {
        node.client("ana/patient");
        CompletableFuture<Void> stopped = stop(1);
        // Its handshake was let in before the drain began, and what follows it came after.
        TestClient late = TestClient.openLetIn(node.acceptor);
        assertThat(late.connect("ben/patient"))
                .isEqualTo(json("{'message':'Server is draining','data':{'code':'server_draining'}}"));
        node.time.advance(Duration.ofMillis(199));
        assertThat(late.isClosed()).isFalse();
        node.time.advance(Duration.ofMillis(1));
        assertThat(late.closed()).isEqualTo(CloseReason.DRAINING);
        stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectThatIsDecidedDuringTheDrainIsRefused() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Authenticator waiting = credentials -> {
            asked.countDown();
            try {
                decided.await();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            return new Principal(new UserId("ana"), "patient");
        };
        TestNode slow = new TestNode(waiting, UnaryOperator.identity());
        TestClient ana = slow.open();
        ana.send("40{}");
        asked.await();
        int alarms = slow.time.waiting();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(slow.realtime::close);
        TestNode.soon(() -> slow.time.waiting() == alarms + 1);
        decided.countDown();
        assertThat(ana.answer()).isEqualTo(json("{'message':'Server is draining','data':{'code':'server_draining'}}"));
        slow.time.advance(Duration.ofMillis(200));
        assertThat(ana.closed()).isEqualTo(CloseReason.DRAINING);
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(slow.realtime.sessions().count()).isZero();
    }

    @Test
    void aNodeWithoutClientsStopsAtOnceAndMayBeStoppedAgain() {
        node.realtime.close();
        node.realtime.close();
        assertThat(node.acceptor.refuse(TestClient.handshake(Map.of()))).isPresent();
    }

    @Test
    void whatComesAfterTheEndDoesNoHarm() throws Exception {
        TestClient late = node.client("ana/patient");
        late.stall();
        CompletableFuture<Void> stopped = stop(1);
        node.time.advance(Duration.ofSeconds(6));
        stopped.get(10, TimeUnit.SECONDS);
        late.tell("room:leave", "{}");
        late.lose();
        node.time.advance(Duration.ofMinutes(2));
        assertThat(late.isClosed()).isTrue();
    }

    private void assertRefusals(TestClient unconnected) {
        assertThat(node.acceptor.refuse(TestClient.handshake(Map.of()))).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(Payload.parse(refusal.body()))
                    .isEqualTo(json("{'code':'server_draining','message':'Server is draining'}"));
            assertThat(refusal.retryAfter()).isPresent();
        });
        assertThat(unconnected.connect("ana/patient"))
                .isEqualTo(json("{'message':'Server is draining','data':{'code':'server_draining'}}"));
    }

    /** Stops the node on a thread of its own and waits until all connections know when they go. */
    private CompletableFuture<Void> stop(int connections) {
        int alarms = node.time.waiting();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(node.realtime::close);
        TestNode.soon(() -> node.time.waiting() == alarms + connections);
        return stopped;
    }

    private static long waitMillis(Payload farewell) {
        return farewell.get("reconnectAfterMs").orElseThrow().asLong();
    }
}
