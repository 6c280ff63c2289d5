package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.Audience;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.json.Payload;
import dev.realtime.presence.Availability;
import dev.realtime.presence.FragilePresenceStore;
import dev.realtime.presence.PresenceStats;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presence while its store is slow or away, and of clients that are slow themselves. */
class PresenceTroubleTest {
    private static final UserId ANA = new UserId("ana");
    private static final int QUEUE_BYTES = 50_000;

    private final FragilePresenceStore store = new FragilePresenceStore();
    private final LocalFanout fanout = new LocalFanout();
    private final TestNode node = new TestNode(builder -> builder.presence(store)
            .fanout(fanout)
            .settings(TestNode.settings(new SessionSettings(
                            Duration.ofSeconds(45),
                            QUEUE_BYTES,
                            1_000,
                            50,
                            1_000,
                            1_000,
                            Duration.ofSeconds(20),
                            TestNode.UNLIMITED)
                    .with(SessionSettings.Liveness.OFF))));

    @AfterEach
    void close() {
        store.letGo();
        store.isAway = false;
        node.close();
    }

    @Test
    void aStoreThatHangsHoldsUpNoConnectAndNoEvent() {
        store.hold();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(node.clientIn("chat:u:v", "adm" + i + "/admin"));
        }
        TestNode.assertSuccess(clients.get(0).ask("message:send", "{\"roomId\":\"chat:u:v\",\"message\":\"hi\"}"));
        clients.get(99).next("message:new");
        assertThat(store.held()).isLessThanOrEqualTo(5);
        store.letGo();
        TestNode.soon(() -> node.realtime.presence().stats().onlineUsers() == 100);
    }

    @Test
    void aStoreThatIsAwayRefusesNoConnectAndKnowsOfItSoonAfterItsReturn() {
        TestClient eve = node.client("eve/patient");
        eve.ask("presence:subscribe", "{\"userIds\":[\"ana\"]}");
        store.isAway = true;
        node.client("ana/patient");
        node.client("ben/patient").lose();
        eve.settle();
        assertThat(eve.events("presence:changed")).isEmpty();
        store.isAway = false;
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(3),
                () -> !eve.events("presence:changed").isEmpty());
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("online");
        assertThat(node.realtime.presence().find(new UserId("ben"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "presence:get|{'userIds':['ana']}|Failed to get presence data",
                "presence:setStatus|{'status':'busy'}|Failed to set status",
                "presence:subscribe|{'userIds':['ana']}|Failed to change subscription"
            })
    void whatNeedsTheStoreFailsWhileItIsAwayAndChangesNothing(String event, String payload, String sentence) {
        TestClient ana = node.client("ana/patient");
        ana.ask("presence:get", "{\"userIds\":[\"ana\"]}");
        store.isAway = true;
        assertThat(ana.ask(event, payload.replace('\'', '"')))
                .isEqualTo(json("{'success':false,'error':'%s','code':'unavailable'}", sentence));
        assertThat(ana.ask("presence:unsubscribe", "{}")).isEqualTo(json("{'success':true}"));
        store.isAway = false;
        assertThat(node.realtime.presence().stats()).isEqualTo(new PresenceStats(1, 0));
        assertThat(ana.events()).hasSize(1);
        assertThat(node.realtime.presence().find(ANA).orElseThrow().status()).isEqualTo(Availability.ONLINE);
    }

    @Test
    void aStoreThatForgotEverythingKnowsWhoIsThereWithTheNextBeat() {
        node.client("ana/patient");
        TestNode.soon(() -> node.realtime.presence().isConnected(ANA));
        store.forgetEverything();
        TestNode.soonAsTimePasses(
                node.time, Duration.ofSeconds(3), () -> node.realtime.presence().isConnected(ANA));
    }

    @Test
    void aSlowClientKeepsTheNewestOfEachUserAndIsNotClosedForIt() {
        int users = 50;
        int rounds = 20;
        IntStream.range(0, users).forEach(i -> node.client("u" + i + "/patient"));
        TestNode.soon(() -> node.realtime.presence().stats().onlineUsers() == users);
        TestClient slow = node.client("slow/patient");
        String all = IntStream.range(0, users).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(","));
        TestNode.assertSuccess(slow.ask("presence:subscribe", "{\"userIds\":[" + all + "]}"));
        TestClient quick = node.client("quick/patient");
        TestNode.assertSuccess(quick.ask("presence:subscribe", "{\"userIds\":[" + all + "]}"));
        int before = slow.events("presence:changed").size();
        slow.stall();
        SessionId session = new SessionId(TestNode.sid(slow));
        publish(session, "test:lasting", false);
        publish(session, "test:lasting", false);
        for (int round = 0; round < rounds; round++) {
            node.time.advance(Duration.ofSeconds(1));
            for (int i = 0; i < users; i++) {
                node.realtime
                        .presence()
                        .setStatus(new UserId("u" + i), Availability.BUSY, Optional.of("round " + round));
            }
            publish(session, "test:passing", true);
            quick.settle();
        }
        assertThat(quick.events("presence:changed")).hasSizeGreaterThanOrEqualTo(rounds * users);
        assertThat(slow.closes()).isEmpty();
        slow.resume();
        slow.settle();
        List<Payload> heard = slow.events("presence:changed");
        Map<String, String> last = new HashMap<>();
        heard.forEach(change -> last.put(
                text(change, "userId"),
                change.get("customStatus").map(Payload::asText).orElse("")));
        assertThat(last)
                .hasSize(users)
                .allSatisfy((user, words) -> assertThat(words).isEqualTo("round 19"));
        assertThat(heard.size() - before).isLessThan(3 * users);
        assertThat(slow.events("test:lasting")).hasSize(2);
        assertThat(slow.events("test:passing").size()).isLessThan(rounds);
    }

    /** A bit more than a quarter of a queue. */
    private void publish(SessionId session, String event, boolean isVolatile) {
        Payload data = Payload.object()
                .put("fill", "z".repeat(QUEUE_BYTES / 4 + 1_000))
                .end();
        fanout.publish(new Delivery(List.of(Audience.session(session)), List.of(), event, data, isVolatile));
    }
}
