package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.json.Payload;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What people notice when things go wrong, told from one end to the other: nonsense, tokens that run out,
 * silence, networks that break and peers that do not read.
 */
class HardTimesTest {
    private static final String ROOM = "chat:ana:ben";
    private static final int QUEUE_BYTES = 1_000_000;

    private final LocalFanout fanout = new LocalFanout();
    private final TestNode node = new TestNode(choices -> choices.fanout(fanout)
            .settings(TestNode.settings(TestNode.sessions(TestNode.UNLIMITED), RecoverySettings.DEFAULTS)));
    private final TestClient ben = node.clientIn(ROOM, "ben/provider");
    private final PlainTestClient cat =
            PlainTestClient.open(node.realtime.accept(new PlainProtocol(PlainSettings.defaults())));

    @BeforeEach
    void connectTheThird() {
        cat.connect("ana/patient");
        TestNode.assertSuccess(cat.ask("room:join", "{\"roomId\":\"" + ROOM + "\",\"roomType\":\"chat\"}"));
    }

    /** Whatever befell somebody else, these two were never disturbed. */
    @AfterEach
    void theOthersGoOn() {
        ben.settle();
        assertThat(ben.isClosed()).isFalse();
        cat.lose();
        node.close();
    }

    @Test
    void nonsenseIsAnsweredByTheBookOrNotAtAll() {
        TestClient ana = node.client("ana/patient");
        Payload invalid =
                json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'payload'}");
        Payload unknown = json("{'success':false,'error':'Unknown event','code':'unknown_event'}");
        List<String> payloads = List.of("[\"room:join\"]", "[\"room:join\",null]", "[\"message:send\",17]");
        payloads.forEach(payload -> assertThat(answer(ana, payload)).isEqualTo(invalid));
        assertThat(answer(ana, "[\"no:such\",{}]")).isEqualTo(unknown);
        assertThat(answer(ana, "[\"room:leave\",{\"roomId\":\"x\"},{\"more\":1},null]")
                        .get("success"))
                .contains(Payload.of(true));
        int heard = ana.packets().size();
        ana.send("42[\"room:leave\",{\"roomId\":\"x\"},\"where the ack would be\"]");
        payloads.forEach(payload -> ana.send("42" + payload));
        ana.send("42[\"no:such\"]");
        ana.settle();
        assertThat(ana.packets()).hasSize(heard + 1);
    }

    @Test
    void aTokenOfSeventySecondsIsAnnouncedRefreshedAndAtLastMissed() {
        TestClient ana = node.client("ana/patient/2026-11-23T09:16:58Z");
        TestClient dan = node.client("dan/patient/2026-11-23T09:16:58Z");
        ana.settle();
        dan.settle();
        node.time.advance(Duration.ofMillis(9_999));
        ana.settle();
        assertThat(ana.events("auth:expiring")).isEmpty();
        node.time.advance(Duration.ofMillis(1));
        assertThat(text(ana.next("auth:expiring"), "expiresAt")).isEqualTo("2026-11-23T09:16:58.000Z");
        dan.next("auth:expiring");
        assertThat(text(ana.ask("auth:refresh", "{\"token\":\"ben/patient/2026-11-23T11:00:00Z\"}"), "code"))
                .isEqualTo("token_user_mismatch");
        assertThat(ana.ask("auth:refresh", "{\"token\":\"ana/patient/2026-11-23T11:00:00Z\"}")
                        .get("success"))
                .contains(Payload.of(true));
        node.time.advance(Duration.ofSeconds(60));
        dan.next("auth:expired");
        assertThat(dan.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
        ana.settle();
        assertThat(ana.isClosed()).isFalse();
        assertThat(ana.events("auth:expired")).isEmpty();
        node.client("dan/patient/2026-11-23T11:00:00Z");
    }

    @Test
    void whoOnlyAnswersPingsStaysForTenMinutes() {
        TestClient ana = node.client("ana/patient");
        for (int pings = 1; pings <= 24; pings++) {
            int each = pings;
            node.time.advance(Duration.ofSeconds(25));
            TestNode.soon(() -> pings(ana) >= each && pings(ben) >= each && cat.pings() >= each);
        }
        ana.settle();
        assertThat(ana.isClosed()).isFalse();
        assertThat(cat.ask("room:leave", "{\"roomId\":\"x\"}").get("success")).contains(Payload.of(true));
    }

    @Test
    void whoStopsAnsweringIsGoneAfterFortyFiveSeconds() {
        TestClient ana = node.client("ana/patient");
        ana.stall();
        cat.ignorePings();
        node.time.advance(Duration.ofMillis(44_749));
        assertThat(node.realtime.sessions().count()).isEqualTo(3);
        node.time.advance(Duration.ofMillis(251));
        assertThat(cat.closed()).isEqualTo(CloseReason.TIMEOUT);
        TestNode.soon(() -> node.realtime.sessions().count() == 1);
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(5),
                () -> !ben.events("room:userLeft").isEmpty());
        assertThat(text(ben.next("room:userLeft"), "reason")).isEqualTo("ping_timeout");
    }

    @Test
    void whoIsAwayForTenSecondsMissesNothingAndAfterThreeMinutesAsksForTheRest() {
        Traveller ana = new Traveller();
        say(1, 1);
        ana.hears(1);
        ana.isAwayFor(Duration.ofSeconds(10), () -> say(2, 21));
        assertThat(ana.isRecovered()).isTrue();
        ana.hears(21);
        ana.isAwayFor(Duration.ofSeconds(1), () -> {});
        assertThat(ana.isRecovered()).isTrue();
        ana.hears(21);
        ana.isAwayFor(Duration.ofMinutes(3), () -> say(22, 30));
        assertThat(ana.isRecovered()).isFalse();
        TestNode.join(ana.client, ROOM);
        Payload rest = ana.client.ask("message:history", "{\"roomId\":\"" + ROOM + "\",\"afterSeq\":21}");
        assertThat(numbers(rest.get("messages").orElseThrow().elements()))
                .isEqualTo(IntStream.rangeClosed(22, 30).boxed().toList());
    }

    @Test
    void whoStopsReadingCostsItsQueueFirstWithoutWhatMayBeLostAndIsClosedThen() {
        TestClient ana = node.clientIn(ROOM, "ana/patient");
        ana.stall();
        cat.stall();
        int published = 0;
        while (ana.closes().isEmpty()) {
            publish("passing", true, ++published);
            publish("lasting", false, published);
            assertThat(ben.next("lasting").get("number")).contains(Payload.of(published));
            assertThat(published).isLessThan(2 * QUEUE_BYTES / 10_000);
        }
        assertThat(ana.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(ben.events("passing")).hasSize(published);
        // Both kinds filled the first half of the queue, what has to last the second.
        assertThat(published).isBetween(QUEUE_BYTES / 4 * 3 / 10_000 - 5, QUEUE_BYTES / 4 * 3 / 10_000 + 55);
        assertThat(CloseReason.SLOW_CONSUMER.code()).isEqualTo(4409);
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
        node.time.advance(Duration.ofSeconds(5));
        assertThat(ana.closed()).isEqualTo(CloseReason.LOST);
        cat.cut();
    }

    private void publish(String event, boolean isVolatile, int number) {
        Payload data = Payload.object()
                .put("number", number)
                .put("fill", "z".repeat(10_000))
                .end();
        fanout.publish(new Delivery(List.of(Audience.room(new RoomId(ROOM))), List.of(), event, data, isVolatile));
    }

    private void say(int first, int last) {
        for (int number = first; number <= last; number++) {
            TestNode.assertSuccess(
                    ben.ask("message:send", "{\"roomId\":\"" + ROOM + "\",\"message\":\"" + number + "\"}"));
        }
    }

    private static Payload answer(TestClient client, String packet) {
        client.send("42999" + packet);
        return client.ack(999);
    }

    private static List<Integer> numbers(List<Payload> messages) {
        return messages.stream()
                .map(message -> Integer.parseInt(text(message, "message")))
                .toList();
    }

    /** Somebody in the room whose network breaks, and who comes back with what it was told last. */
    private final class Traveller {
        private TestClient client = node.open();
        private String privateId = text(client.connect("ana/patient"), "pid");
        private Payload greeting = client.next("connected");
        private final ArrayList<Integer> heard = new ArrayList<>();

        Traveller() {
            TestNode.join(client, ROOM);
        }

        void isAwayFor(Duration time, Runnable meanwhile) {
            String offset = lastOffset();
            heard.addAll(numbers(client.events("message:new")));
            node.lose(client);
            meanwhile.run();
            node.time.advance(time);
            client = node.open();
            Payload answer = client.connectWith(
                    "{\"token\":\"ana/patient\",\"pid\":\"" + privateId + "\",\"offset\":\"" + offset + "\"}");
            privateId = text(answer, "pid");
            greeting = client.next("connected");
        }

        boolean isRecovered() {
            return greeting.get("recovered").orElseThrow().asBoolean();
        }

        /** Everything up to this number, once and in order. */
        void hears(int last) {
            TestNode.soon(() -> heard.size() + client.events("message:new").size() >= last);
            client.settle();
            List<Integer> all = new ArrayList<>(heard);
            all.addAll(numbers(client.events("message:new")));
            assertThat(all).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
        }

        /** The trailing text of the last event that has one. */
        private String lastOffset() {
            return client.packets().stream()
                    .filter(packet -> packet.startsWith("42[\"message:new\"") || packet.startsWith("42[\"connected\""))
                    .reduce((first, second) -> second)
                    .map(packet -> Payload.parse(packet.substring(2)).elements())
                    .map(list -> list.get(list.size() - 1).asText())
                    .orElseThrow();
        }
    }

    private static long pings(TestClient client) {
        return client.packets().stream().filter("2"::equals).count();
    }
}
