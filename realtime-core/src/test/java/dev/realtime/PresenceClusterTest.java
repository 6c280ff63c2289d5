package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.presence.Availability;
import dev.realtime.presence.InMemoryPresenceStore;
import dev.realtime.presence.PresenceStore;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one store, in one JVM. */
class PresenceClusterTest {
    private static final UserId ANA = new UserId("ana");

    private final ManualTime time = new ManualTime();
    private final PresenceStore store = new InMemoryPresenceStore();
    private final List<Fanout.Receiver> receivers = new CopyOnWriteArrayList<>();
    private final TestNode one = node("one");
    private final TestNode two = node("two");
    private final TestClient eve = two.client("eve/patient");

    @BeforeEach
    void watch() {
        TestNode.assertSuccess(eve.ask("presence:subscribe", "{\"userIds\":[\"ana\"]}"));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void aWatcherOnAnotherNodeSeesTheSame() {
        TestClient ana = one.client("ana/patient");
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("online");
        TestClient elsewhere = two.client("ana/patient");
        time.advance(Duration.ofSeconds(1));
        TestNode.assertSuccess(elsewhere.ask("presence:setStatus", "{\"status\":\"away\"}"));
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("away");
        elsewhere.leave();
        TestNode.soon(() -> two.realtime.sessions().of(ANA).isEmpty());
        assertThat(one.realtime.presence().isConnected(ANA)).isTrue();
        time.advance(Duration.ofSeconds(10));
        ana.leave();
        TestNode.soon(() -> !two.realtime.presence().isConnected(ANA));
        time.advance(Duration.ofSeconds(5));
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("offline");
        assertThat(two.realtime.presence().stats().onlineUsers()).isEqualTo(1);
    }

    @Test
    void whoGoesOverToTheOtherNodeInTimeWasNeverGone() {
        TestClient ana = one.client("ana/patient");
        eve.next("presence:changed");
        ana.leave();
        TestNode.soon(() -> !two.realtime.presence().isConnected(ANA));
        time.advance(Duration.ofSeconds(3));
        two.client("ana/patient");
        TestNode.soon(() -> one.realtime.presence().isConnected(ANA));
        time.advance(Duration.ofSeconds(3));
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(1);
    }

    @Test
    void theSessionsOfANodeThatDiesAreGoneWithinFifteenSeconds() {
        one.client("ana/patient");
        eve.next("presence:changed");
        Instant death = time.instant();
        one.realtime.presence().close();
        TestNode.soon(() -> {
            time.advance(Duration.ofMillis(500));
            return eve.events("presence:changed").size() == 2;
        });
        assertThat(text(eve.events("presence:changed").get(1), "status")).isEqualTo("offline");
        assertThat(two.realtime.presence().find(ANA).orElseThrow().status()).isEqualTo(Availability.OFFLINE);
        assertThat(two.realtime.presence().find(ANA).orElseThrow().lastSeen()).isBeforeOrEqualTo(death);
    }

    private TestNode node(String name) {
        return new TestNode(builder ->
                builder.nodeId(name).presence(store).fanout(new Relay()).clocks(time, time));
    }

    /** Delivers on all nodes at once. */
    private final class Relay implements Fanout {
        @Override
        public void start(Receiver receiver) {
            receivers.add(receiver);
        }

        @Override
        public void publish(Delivery delivery) {
            receivers.forEach(receiver -> receiver.deliver(delivery));
        }

        @Override
        public void close() {}
    }
}
