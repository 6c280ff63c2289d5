package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.room.RoomPolicy;
import dev.realtime.session.Session;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that lost its connection comes back to its session and hears what it missed. */
class RecoveryTest {
    private final TestNode node = new TestNode(choices ->
            choices.settings(TestNode.settings(TestNode.sessions(TestNode.UNLIMITED), RecoverySettings.DEFAULTS)));
    private final TestClient ben = node.clientIn("chat:ana:ben", "ben/patient");

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void theConnectAnswerHasAPrivateIdAndTheGreetingAnOffset() {
        TestClient ana = node.open();
        Payload answer = ana.connect("ana/patient");
        ana.next("connected");
        assertThat(answer.names()).containsExactly("sid", "pid");
        assertThat(answer.get("pid").orElseThrow().asText()).hasSize(22);
        assertThat(offsetOf(ana, "connected")).matches("[0-9a-z]+\\.[A-Za-z0-9_-]+");
    }

    @Test
    void everyoneInTheRoomGetsAnEventWithTheSameOffset() {
        Visitor ana = new Visitor("ana/patient");
        TestClient admin = node.clientIn("chat:ana:ben", "root/admin");
        say("one");
        ana.client.next("message:new");
        admin.next("message:new");
        assertThat(offsetOf(ana.client, "message:new")).isEqualTo(offsetOf(admin, "message:new"));
    }

    @Test
    void whatWasMissedIsHeardOnceAndInOrder() {
        Visitor ana = new Visitor("ana/patient");
        say("heard");
        ana.client.next("message:new");
        String heard = offsetOf(ana.client, "message:new");
        node.lose(ana.client);
        List<String> missed = said(20);
        node.time.advance(Duration.ofSeconds(3));
        TestClient back = ana.resume(heard);
        say("live");
        assertThat(greeting(back).get("recovered").orElseThrow().asBoolean()).isTrue();
        assertThat(messages(back, 21)).isEqualTo(with(missed, "live"));
        assertThat(ben.events("room:userLeft")).isEmpty();
    }

    @Test
    void theSessionAndItsPrivateIdStayTheSame() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        TestClient back = node.open();
        Payload answer = back.connectWith(ana.auth("ana/patient", ana.greetingOffset));
        assertThat(answer).isEqualTo(ana.answer);
        assertThat(greeting(back).get("socketId").orElseThrow())
                .isEqualTo(ana.answer.get("sid").orElseThrow());
        assertThat(offsetOf(back, "connected")).isEqualTo(ana.greetingOffset);
    }

    @Test
    void whoHeardNothingYetNeedsNoOffset() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        List<String> missed = said(3);
        TestClient back = node.open();
        back.connectWith("{\"token\":\"ana/patient\",\"pid\":\"" + ana.privateId() + "\"}");
        assertThat(greeting(back).get("recovered").orElseThrow().asBoolean()).isTrue();
        assertThat(messages(back, 3)).isEqualTo(missed);
    }

    @Test
    void aSecondDropWithNothingNewLosesNothing() {
        Visitor ana = new Visitor("ana/patient");
        say("heard");
        ana.client.next("message:new");
        String heard = offsetOf(ana.client, "message:new");
        node.lose(ana.client);
        TestClient back = ana.resume(heard);
        greeting(back);
        node.lose(back);
        List<String> missed = said(2);
        TestClient again = ana.resume(offsetOf(back, "connected"));
        assertThat(messages(again, 2)).isEqualTo(missed);
    }

    @Test
    void aClientThatHeardNothingForLongIsStillRecovered() {
        Visitor ana = new Visitor("ana/patient");
        say("heard");
        ana.client.next("message:new");
        String heard = offsetOf(ana.client, "message:new");
        for (int i = 0; i < 20; i++) {
            node.time.advance(Duration.ofSeconds(25));
            ana.client.send("3");
            ben.send("3");
        }
        node.lose(ana.client);
        assertThat(greeting(ana.resume(heard)).get("recovered").orElseThrow().asBoolean())
                .isTrue();
    }

    @Test
    void aDeadConnectionThatNobodyNoticedIsTakenOver() {
        Visitor ana = new Visitor("ana/patient");
        say("heard");
        ana.client.next("message:new");
        String heard = offsetOf(ana.client, "message:new");
        List<String> missed = said(2);
        TestClient back = ana.resume(heard);
        assertThat(messages(back, 2)).isEqualTo(missed);
        ana.client.closed();
        node.time.advance(Duration.ofSeconds(10));
        say("live");
        assertThat(messages(back, 3)).isEqualTo(with(missed, "live"));
        assertThat(ben.events("room:userLeft")).isEmpty();
        assertThat(ben.events("room:userJoined")).hasSize(1);
        assertThat(node.realtime.sessions().count()).isEqualTo(2);
    }

    @Test
    void whoComesBackAfterTheOthersSawItLeaveJoinsAgainAndHearsAll() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        node.time.advance(Duration.ofSeconds(6));
        ben.next("room:userLeft");
        List<String> missed = said(2);
        TestClient back = ana.resume(ana.greetingOffset);
        assertThat(messages(back, 2)).isEqualTo(missed);
        ben.next("room:userJoined");
        TestNode.soon(() -> ben.events("room:userJoined").size() == 2);
        assertThat(ben.ask("room:participants", "{\"roomId\":\"chat:ana:ben\"}")
                        .get("participants")
                        .orElseThrow()
                        .elements())
                .hasSize(2);
    }

    @Test
    void afterTheWindowAnOrdinarySessionBegins() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        node.time.advance(Duration.ofSeconds(121));
        say("missed");
        TestClient back = node.open();
        Payload answer = back.connectWith(ana.auth("ana/patient", ana.greetingOffset));
        assertThat(answer.get("sid")).isNotEqualTo(ana.answer.get("sid"));
        assertThat(answer.get("pid")).isNotEqualTo(ana.answer.get("pid"));
        assertThat(greeting(back).get("recovered").orElseThrow().asBoolean()).isFalse();
        back.settle();
        assertThat(back.events("message:new")).isEmpty();
        assertThat(node.realtime.sessions().count()).isEqualTo(2);
    }

    @Test
    void anotherUserGetsAnOrdinarySession() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        TestClient thief = node.open();
        thief.connectWith(ana.auth("eve/patient", ana.greetingOffset));
        assertThat(greeting(thief).get("recovered").orElseThrow().asBoolean()).isFalse();
        assertThat(greeting(ana.resume(ana.greetingOffset))
                        .get("recovered")
                        .orElseThrow()
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anOffsetThatNobodyGaveIsNotRecovered() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        for (String offset : List.of("x", "1.elsewhere", "")) {
            TestClient back = node.open();
            back.connectWith(ana.auth("ana/patient", offset));
            assertThat(greeting(back).get("recovered").orElseThrow().asBoolean())
                    .isFalse();
        }
    }

    @Test
    void moreThanIsKeptIsNotRecoveredInPart() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        said(1_001);
        TestClient back = ana.resume(ana.greetingOffset);
        assertThat(greeting(back).get("recovered").orElseThrow().asBoolean()).isFalse();
        back.settle();
        assertThat(back.events("message:new")).isEmpty();
    }

    @Test
    void whoLeftByItsOwnWordIsNotRecovered() {
        Visitor ana = new Visitor("ana/patient");
        ana.client.leave();
        ben.next("room:userLeft");
        assertThat(greeting(ana.resume(ana.greetingOffset))
                        .get("recovered")
                        .orElseThrow()
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whoseTokenExpiredComesBackWithAnother() {
        Visitor ana = new Visitor("ana/patient/2026-11-23T09:16:58Z");
        node.time.advance(Duration.ofSeconds(10));
        ana.client.next("auth:expiring");
        node.time.advance(Duration.ofSeconds(60));
        ana.client.next("auth:expired");
        ana.client.closed();
        List<String> missed = said(3);
        TestClient back = node.open();
        back.connectWith(ana.auth("ana/patient/2026-11-23T10:00:00Z", offsetOf(ana.client, "auth:expiring")));
        Payload greeting = greeting(back);
        assertThat(greeting.get("recovered").orElseThrow().asBoolean()).isTrue();
        assertThat(TestNode.text(greeting, "expiresAt")).isEqualTo("2026-11-23T10:00:00.000Z");
        assertThat(messages(back, 3)).isEqualTo(missed);
        node.time.advance(Duration.ofMinutes(1));
        back.settle();
        assertThat(back.events("auth:expired")).isEmpty();
        assertThat(back.events("auth:expiring")).isEmpty();
        assertThat(ben.events("room:userLeft")).isEmpty();
    }

    @Test
    void anExpiredTokenGetsNoSessionBack() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        TestClient back = node.open();
        Payload answer = back.connectWith(ana.auth("expired", ana.greetingOffset));
        assertThat(TestNode.text(answer, "message")).isEqualTo("Authentication error: Token expired");
    }

    @Test
    void theWarningComesAfterWhatWasMissed() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        said(20);
        TestClient back = node.open();
        back.connectWith(ana.auth("ana/patient/2026-11-23T09:16:18Z", ana.greetingOffset));
        back.next("auth:expiring");
        List<String> names = back.events().stream().map(TestClient.Event::name).toList();
        assertThat(names).startsWith("connected").endsWith("auth:expiring").hasSize(22);
    }

    @Test
    void theWarningWaitsBehindAReplayThatDoesNotFitIntoTheQueue() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        String long9k = "x".repeat(9_000);
        for (int i = 0; i < 100; i++) {
            say(long9k + i);
        }
        TestClient back = node.open();
        back.stall();
        back.send("40" + ana.auth("ana/patient/2026-11-23T09:16:18Z", ana.greetingOffset));
        TestNode.soon(() -> node.realtime.sessions().count() == 2);
        back.resume();
        back.next("auth:expiring");
        assertThat(back.events()).hasSize(102);
        assertThat(back.events().get(101).name()).isEqualTo("auth:expiring");
    }

    @Test
    void whoSaysGoodbyeWhileComingBackIsGone() {
        Visitor ana = new Visitor("ana/patient");
        node.lose(ana.client);
        for (int round = 0; round < 50; round++) {
            TestClient back = node.open();
            back.send("40" + ana.auth("ana/patient", ana.greetingOffset));
            back.leave();
            back.welcome("ana/patient");
            TestNode.soon(() -> node.realtime.sessions().count() == 2);
            back.lose();
            TestNode.soon(() -> node.realtime.sessions().count() == 1);
        }
    }

    @Test
    void theHostCanEndASessionThatWaitsForItsClient() {
        Visitor ana = new Visitor("ana/patient");
        Session session = node.realtime.sessions().of(new UserId("ana")).get(0);
        node.lose(ana.client);
        session.disconnect();
        assertThat(greeting(ana.resume(ana.greetingOffset))
                        .get("recovered")
                        .orElseThrow()
                        .asBoolean())
                .isFalse();
    }

    @Test
    void theWindowAlsoEndsWhileSomebodyClaimsInVain() throws Exception {
        AtomicBoolean mayEnter = new AtomicBoolean(true);
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch answered = new CountDownLatch(1);
        RoomPolicy policy = (who, room) -> {
            asked.countDown();
            return mayEnter.get() || awaited(answered);
        };
        try (TestNode other = new TestNode(choices -> choices.roomPolicy(policy)
                .settings(TestNode.settings(TestNode.sessions(TestNode.UNLIMITED), RecoverySettings.DEFAULTS)))) {
            TestClient ana = other.open();
            String auth =
                    "{\"token\":\"ana/patient\",\"pid\":\"" + TestNode.text(ana.connect("ana/patient"), "pid") + "\"}";
            TestNode.assertSuccess(TestNode.join(ana, "closed-room"));
            other.lose(ana);
            mayEnter.set(false);
            TestClient vain = other.open();
            vain.in("/api").welcome("zoe/patient");
            vain.send("40" + auth);
            asked.await();
            other.time.advance(Duration.ofMinutes(2));
            answered.countDown();
            greeting(vain);
            mayEnter.set(true);
            other.time.advance(Duration.ofSeconds(1));
            TestClient late = other.open();
            late.connectWith(auth);
            assertThat(greeting(late).get("recovered").orElseThrow().asBoolean())
                    .isFalse();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Test
    void ofTwoThatComeBackAtOnceOneHasTheSessionInTheEnd() throws Exception {
        for (int round = 0; round < 50; round++) {
            Visitor ana = new Visitor("ana/patient");
            node.lose(ana.client);
            say("missed");
            List<TestClient> rivals = List.of(node.open(), node.open());
            String connect = "40" + ana.auth("ana/patient", ana.greetingOffset);
            List<Thread> threads = rivals.stream()
                    .map(rival -> new Thread(() -> rival.send(connect)))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            // Who comes second may find the session alive and take it over; it is never alive twice.
            TestNode.soon(() -> rivals.stream().allMatch(rival -> rival.isClosed() || hasGreeting(rival)));
            assertThat(rivals.stream().filter(rival -> !rival.isClosed() && isRecovered(rival)))
                    .hasSize(1);
            rivals.stream().filter(rival -> !rival.isClosed()).forEach(TestClient::leave);
            TestNode.soon(() -> node.realtime.sessions().count() == 1);
            rivals.forEach(TestClient::lose);
        }
    }

    private static boolean hasGreeting(TestClient client) {
        return !client.events("connected").isEmpty();
    }

    private static boolean isRecovered(TestClient client) {
        return client.events("connected").stream()
                .anyMatch(greeting -> greeting.get("recovered").orElseThrow().asBoolean());
    }

    private void say(String text) {
        assertThat(ben.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"" + text + "\"}")
                        .get("success")
                        .orElseThrow()
                        .asBoolean())
                .isTrue();
    }

    private List<String> said(int count) {
        List<String> texts =
                IntStream.range(0, count).mapToObj(i -> "missed " + i).toList();
        texts.forEach(this::say);
        return texts;
    }

    private static List<String> with(List<String> texts, String last) {
        List<String> all = new ArrayList<>(texts);
        all.add(last);
        return all;
    }

    private static List<String> messages(TestClient client, int count) {
        TestNode.soon(() -> client.events("message:new").size() >= count);
        return client.events("message:new").stream()
                .map(message -> message.get("message").orElseThrow().asText())
                .toList();
    }

    private static Payload greeting(TestClient client) {
        return client.next("connected");
    }

    /** The trailing text of the last such event. */
    private static String offsetOf(TestClient client, String event) {
        return client.packets().stream()
                .filter(packet -> packet.startsWith("42[\"" + event + "\""))
                .reduce((first, second) -> second)
                .map(packet -> Payload.parse(packet.substring(2)).elements())
                .map(list -> list.get(list.size() - 1).asText())
                .orElseThrow();
    }

    /** Somebody in the room, who can come back. */
    private final class Visitor {
        final TestClient client = node.open();
        final Payload answer;
        final String greetingOffset;
        private final String token;

        Visitor(String token) {
            this.token = token;
            answer = client.connect(token);
            client.next("connected");
            greetingOffset = offsetOf(client, "connected");
            client.ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}");
        }

        String privateId() {
            return answer.get("pid").orElseThrow().asText();
        }

        String auth(String as, String offset) {
            return Payload.object()
                    .put("token", as)
                    .put("pid", privateId())
                    .put("offset", offset)
                    .end()
                    .toString();
        }

        TestClient resume(String offset) {
            TestClient back = node.open();
            back.connectWith(auth(token, offset));
            return back;
        }
    }
}
