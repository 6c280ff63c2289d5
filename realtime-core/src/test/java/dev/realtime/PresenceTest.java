package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.presence.Availability;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceStats;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is there, as clients see it (CONTRACT 6; acceptance scenario 19). */
class PresenceTest {
    private static final Payload SUCCESS = json("{'success':true}");
    private static final String USERS = "{\"userIds\":[\"ana\",\"ben\",\"cat\",\"shy\",\"bug\"]}";
    private static final UserId ANA = new UserId("ana");

    private final TestNode node =
            new TestNode(builder -> builder.presencePolicy((who, other) -> switch (other.value()) {
                case "shy" -> who.isAdmin();
                case "bug" -> throw new IllegalStateException("a policy's bug");
                default -> true;
            }));
    /** Watches everybody from the beginning. */
    private final TestClient eve = node.client("eve/patient");

    @BeforeEach
    void watchEverybody() {
        assertThat(eve.ask("presence:subscribe", USERS)).isEqualTo(SUCCESS);
        assertThat(eve.events("presence:initial")).containsExactly(json("{'presences':[]}"));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whoConnectsIsSeenAtOnceByThoseWhoWatch() {
        arrives("ana");
        assertThat(eve.events("presence:changed"))
                .containsExactly(json("{'userId':'ana','status':'online','lastSeen':'2026-11-23T09:15:48.000Z',"
                        + "'timestamp':'2026-11-23T09:15:48.000Z'}"));
    }

    @Test
    void aSubscriptionBeginsWithWhatIsKnownBeforeItsAck() {
        arrives("ana");
        TestClient ben = arrives("ben");
        TestClient cat = node.client("cat/doctor");
        cat.ask("presence:subscribe", "{\"userIds\":[\"ben\",\"nobody\",\"ana\",\"shy\"],\"more\":1}");
        assertThat(cat.events("presence:initial"))
                .containsExactly(json("{'presences':["
                        + "{'userId':'ben','status':'online','lastSeen':'2026-11-23T09:15:48.000Z'},"
                        + "{'userId':'ana','status':'online','lastSeen':'2026-11-23T09:15:48.000Z'}]}"));
        assertThat(order(cat.packets(), "presence:initial", "success")).isTrue();
        ben.settle();
        assertThat(ben.events("presence:changed")).isEmpty();
    }

    @Test
    void aStatusIsToldToTheCallingSessionBeforeTheAckAndToAllWhoWatch() {
        TestClient ana = arrives("ana");
        TestClient anasOther = node.client("ana/patient");
        node.time.advance(Duration.ofMillis(6_949));
        assertThat(ana.ask("presence:setStatus", "{\"status\":\"busy\",\"customStatus\":\"mtg\"}"))
                .isEqualTo(SUCCESS);
        assertThat(ana.events("presence:statusUpdated"))
                .containsExactly(json("{'userId':'ana','status':'busy','customStatus':'mtg',"
                        + "'timestamp':'2026-11-23T09:15:54.949Z'}"));
        assertThat(order(ana.packets(), "presence:statusUpdated", "success")).isTrue();
        assertThat(eve.next("presence:changed"))
                .isEqualTo(json("{'userId':'ana','status':'busy','lastSeen':'2026-11-23T09:15:54.949Z',"
                        + "'customStatus':'mtg','timestamp':'2026-11-23T09:15:54.949Z'}"));
        anasOther.settle();
        assertThat(anasOther.events("presence:statusUpdated")).isEmpty();
        assertThat(anasOther.events("presence:changed")).isEmpty();
    }

    @Test
    void aMissingCustomStatusErasesTheOldOne() {
        TestClient ana = arrives("ana");
        ana.ask("presence:setStatus", "{\"status\":\"away\",\"customStatus\":\"lunch\"}");
        ana.ask("presence:setStatus", "{\"status\":\"away\",\"customStatus\":null}");
        assertThat(ana.events("presence:statusUpdated").get(1))
                .isEqualTo(json("{'userId':'ana','status':'away','timestamp':'2026-11-23T09:15:48.000Z'}"));
        node.time.advance(Duration.ofSeconds(1));
        assertThat(eve.next("presence:changed").get("customStatus")).isEmpty();
    }

    @Test
    void getAnswersInTheOrderAskedAndLeavesOutWhoIsUnknownOrHidden() {
        TestClient ana = arrives("ana");
        node.client("shy/patient");
        TestClient adm = node.client("adm/admin");
        ana.ask("presence:setStatus", "{\"status\":\"offline\",\"customStatus\":\"gone fishing\"}");
        assertThat(eve.ask(
                        "presence:get",
                        "{\"userIds\":[\"eve\",\"nobody\",\"shy\",\"bug\",\"ana\",\"eve\"],\"x\":null}"))
                .isEqualTo(
                        json(
                                "{'success':true,'presences':["
                                        + "{'userId':'eve','status':'online','lastSeen':'2026-11-23T09:15:48.000Z','isOnline':true},"
                                        + "{'userId':'ana','status':'offline','lastSeen':'2026-11-23T09:15:48.000Z',"
                                        + "'customStatus':'gone fishing','isOnline':false},"
                                        + "{'userId':'eve','status':'online','lastSeen':'2026-11-23T09:15:48.000Z','isOnline':true}]}"));
        assertThat(adm.ask("presence:get", "{\"userIds\":[\"shy\"]}").toString())
                .contains("\"shy\"");
        assertThat(eve.ask("presence:get", "{\"userIds\":[]}")).isEqualTo(json("{'success':true,'presences':[]}"));
    }

    @Test
    void whoIsHiddenByThePolicyIsNotWatchedAtAll() {
        TestClient shy = node.client("shy/patient");
        node.client("bug/patient");
        shy.ask("presence:setStatus", "{\"status\":\"busy\"}");
        node.time.advance(Duration.ofSeconds(2));
        arrives("ana");
        assertThat(eve.events("presence:changed"))
                .extracting(heard -> text(heard, "userId"))
                .containsExactly("ana");
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo(3);
    }

    @Test
    void nothingIsAnsweredWhereNoAckIsWanted() {
        TestClient ana = arrives("ana");
        ana.tell("presence:subscribe", "{\"userIds\":[\"eve\"]}");
        ana.tell("presence:setStatus", "{\"status\":\"busy\"}");
        ana.tell("presence:setStatus", "{\"status\":\"dancing\"}");
        ana.tell("presence:get", "{\"userIds\":[\"eve\"]}");
        ana.tell("presence:unsubscribe", "{}");
        ana.tell("presence:subscribe", "5");
        ana.settle();
        assertThat(ana.packets().stream().filter(packet -> packet.startsWith("43")))
                .hasSize(1);
        assertThat(ana.events())
                .extracting(TestClient.Event::name)
                .containsExactly("connected", "presence:initial", "presence:statusUpdated");
    }

    @Test
    void whoUnsubscribesHearsNoMore() {
        TestClient ana = arrives("ana");
        TestClient ben = arrives("ben");
        assertThat(eve.ask("presence:unsubscribe", "{\"userIds\":[\"ana\",\"nobody\"]}"))
                .isEqualTo(SUCCESS);
        node.time.advance(Duration.ofSeconds(1));
        ana.ask("presence:setStatus", "{\"status\":\"busy\"}");
        ben.ask("presence:setStatus", "{\"status\":\"busy\"}");
        assertThat(text(eve.next("presence:changed"), "userId")).isEqualTo("ben");
        assertThat(eve.ask("presence:unsubscribe", "null")).isEqualTo(SUCCESS);
        node.time.advance(Duration.ofSeconds(1));
        ben.ask("presence:setStatus", "{\"status\":\"away\"}");
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(3);
        assertThat(node.realtime.presence().stats()).isEqualTo(new PresenceStats(3, 0));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "presence:get|null|payload",
                "presence:get|[]|payload",
                "presence:get|{}|userIds",
                "presence:get|{'userIds':'ana'}|userIds",
                "presence:get|{'userIds':[5]}|userIds",
                "presence:get|{'userIds':[null]}|userIds",
                "presence:get|{'userIds':['a:b']}|userIds",
                "presence:get|{'userIds':['']}|userIds",
                "presence:subscribe|7|payload",
                "presence:subscribe|{'userIds':null}|userIds",
                "presence:subscribe|{'userIds':{}}|userIds",
                "presence:unsubscribe|'all'|payload",
                "presence:unsubscribe|{'userIds':[{}]}|userIds",
                "presence:setStatus|null|payload",
                "presence:setStatus|{}|status",
                "presence:setStatus|{'status':'ONLINE'}|status",
                "presence:setStatus|{'status':'dancing'}|status",
                "presence:setStatus|{'status':''}|status",
                "presence:setStatus|{'status':1}|status",
                "presence:setStatus|{'status':'busy','customStatus':1}|customStatus"
            })
    void whatIsWrongIsNamedAndChangesNothing(String event, String payload, String field) {
        TestClient ana = arrives("ana");
        assertThat(ana.ask(event, payload.replace('\'', '"')))
                .isEqualTo(json(
                        "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field));
        node.time.advance(Duration.ofSeconds(1));
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(1);
        assertThat(ana.events()).hasSize(1);
        assertThat(status()).isEqualTo(Availability.ONLINE);
    }

    @Test
    void fiveHundredUsersAreTakenAndNoMore() {
        assertThat(eve.ask("presence:get", users(0, 500))).isEqualTo(json("{'success':true,'presences':[]}"));
        for (String event : List.of("presence:get", "presence:subscribe", "presence:unsubscribe")) {
            assertThat(text(eve.ask(event, users(0, 501)), "field")).isEqualTo("userIds");
        }
    }

    @Test
    void aSessionWatchesTwoThousandUsersAndNoMore() {
        for (int i = 0; i < 1_995; i += 399) {
            assertThat(eve.ask("presence:subscribe", users(i, i + 399))).isEqualTo(SUCCESS);
        }
        assertThat(eve.ask("presence:subscribe", users(1_990, 1_997))).isEqualTo(SUCCESS);
        Payload tooMany = json("{'success':false,'error':'Too many subscriptions','code':'limit_exceeded'}");
        assertThat(eve.ask("presence:subscribe", users(1_996, 1_999))).isEqualTo(tooMany);
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo(2_000);
        assertThat(eve.ask("presence:subscribe", users(1_000, 1_400))).isEqualTo(SUCCESS);
        assertThat(eve.ask("presence:unsubscribe", users(0, 2))).isEqualTo(SUCCESS);
        assertThat(eve.ask("presence:subscribe", users(1_996, 1_999))).isEqualTo(SUCCESS);
    }

    @Test
    void aCustomStatusHasAtMostOneHundredTwentyEightCharacters() {
        TestClient ana = arrives("ana");
        String longest = "\uD83D\uDE00".repeat(64);
        assertThat(ana.ask("presence:setStatus", "{\"status\":\"busy\",\"customStatus\":\"" + longest + "\"}"))
                .isEqualTo(SUCCESS);
        assertThat(text(
                        ana.ask("presence:setStatus", "{\"status\":\"away\",\"customStatus\":\"x" + longest + "\"}"),
                        "field"))
                .isEqualTo("customStatus");
        assertThat(status()).isEqualTo(Availability.BUSY);
    }

    @Test
    void ofTwelveSessionsElevenLeaveAndTheUserIsOnlineUntilFiveSecondsAfterTheLast() {
        List<TestClient> sessions = IntStream.range(0, 12)
                .parallel()
                .mapToObj(i -> node.client("ana/patient"))
                .collect(Collectors.toCollection(ArrayList::new));
        eve.next("presence:changed");
        TestClient last = sessions.remove(7);
        sessions.forEach(TestClient::leave);
        TestNode.soon(() -> node.realtime.sessions().of(ANA).size() == 1);
        node.time.advance(Duration.ofSeconds(60));
        assertThat(status()).isEqualTo(Availability.ONLINE);
        assertThat(node.realtime.presence().stats().onlineUsers()).isEqualTo(2);
        assertThat(eve.events("presence:changed")).hasSize(1);
        leaves(last);
        node.time.advance(Duration.ofMillis(4_999));
        assertThat(status()).isEqualTo(Availability.ONLINE);
        node.time.advance(Duration.ofMillis(1));
        assertThat(eve.next("presence:changed"))
                .isEqualTo(json("{'userId':'ana','status':'offline','lastSeen':'2026-11-23T09:16:48.000Z',"
                        + "'timestamp':'2026-11-23T09:16:53.000Z'}"));
        node.time.advance(Duration.ofMinutes(1));
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(2);
        assertThat(node.realtime.presence().stats().onlineUsers()).isEqualTo(1);
    }

    @Test
    void whoIsBackAfterThreeSecondsWasNeverGone() {
        TestClient ana = arrives("ana");
        ana.ask("presence:setStatus", "{\"status\":\"busy\"}");
        node.time.advance(Duration.ofSeconds(1));
        eve.next("presence:changed");
        ana.lose();
        awaitNoSession();
        node.time.advance(Duration.ofSeconds(3));
        node.client("ana/patient");
        awaitSession();
        node.time.advance(Duration.ofSeconds(20));
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(2);
        assertThat(status()).isEqualTo(Availability.BUSY);
    }

    @Test
    void aHundredChangesInTwoSecondsAreAtMostThreeEventsAndTheLastIsRight() {
        TestClient ana = arrives("ana");
        node.time.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            ana.ask(
                    "presence:setStatus",
                    "{\"status\":\"" + (i % 2 == 0 ? "away" : "busy") + "\",\"customStatus\":\"" + i + "\"}");
            node.time.advance(Duration.ofMillis(20));
        }
        node.time.advance(Duration.ofSeconds(1));
        TestNode.soon(() -> eve.events("presence:changed").size() == 4);
        node.time.advance(Duration.ofSeconds(5));
        eve.settle();
        assertThat(eve.events("presence:changed"))
                .extracting(
                        heard -> heard.get("customStatus").map(Payload::asText).orElse(""))
                .hasSize(4)
                .startsWith("", "0")
                .endsWith("99");
    }

    @Test
    void whatIsAsBeforeAtTheEndOfTheSecondIsNotTold() {
        TestClient ana = arrives("ana");
        ana.ask("presence:setStatus", "{\"status\":\"busy\"}");
        ana.ask("presence:setStatus", "{\"status\":\"online\"}");
        node.time.advance(Duration.ofSeconds(5));
        ana.ask("presence:setStatus", "{\"status\":\"online\"}");
        eve.settle();
        assertThat(eve.events("presence:changed")).hasSize(1);
    }

    @Test
    void aStatusSurvivesFurtherDevicesAndTheFirstSessionAfterOfflineIsOnlineWithTheSameWords() {
        TestClient ana = arrives("ana");
        ana.ask("presence:setStatus", "{\"status\":\"away\",\"customStatus\":\"lunch\"}");
        TestClient other = node.client("ana/patient");
        assertThat(status()).isEqualTo(Availability.AWAY);
        leaves(ana);
        leaves(other);
        node.time.advance(Duration.ofSeconds(5));
        TestNode.soon(() -> status() == Availability.OFFLINE);
        assertThat(presence().customStatus()).contains("lunch");
        node.client("ana/patient");
        awaitSession();
        assertThat(presence().status()).isEqualTo(Availability.ONLINE);
        assertThat(presence().customStatus()).contains("lunch");
    }

    @Test
    void offlineSetByHandHidesUntilAnotherStatusIsSet() {
        TestClient ana = arrives("ana");
        node.time.advance(Duration.ofSeconds(10));
        ana.ask("presence:setStatus", "{\"status\":\"offline\"}");
        assertThat(eve.next("presence:changed"))
                .isEqualTo(json("{'userId':'ana','status':'offline','lastSeen':'2026-11-23T09:15:58.000Z',"
                        + "'timestamp':'2026-11-23T09:15:58.000Z'}"));
        node.time.advance(Duration.ofSeconds(30));
        node.client("ana/patient");
        assertThat(presence())
                .isEqualTo(new Presence(
                        ANA, Availability.OFFLINE, Instant.parse("2026-11-23T09:15:58Z"), Optional.empty()));
        assertThat(node.realtime.presence().isConnected(ANA)).isTrue();
        assertThat(node.realtime.presence().stats().onlineUsers()).isEqualTo(1);
        ana.ask("presence:setStatus", "{\"status\":\"online\"}");
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("online");
    }

    @Test
    void inACallThatIsShownAndAfterwardsWhatWasSetMeanwhile() {
        TestClient ana = arrives("ana");
        ana.ask("presence:setStatus", "{\"status\":\"busy\"}");
        node.time.advance(Duration.ofSeconds(1));
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("busy");
        node.time.advance(Duration.ofSeconds(1));
        node.realtime.presence().setInCall(ANA, true);
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("in_call");
        node.time.advance(Duration.ofSeconds(1));
        ana.ask("presence:setStatus", "{\"status\":\"away\"}");
        assertThat(text(ana.events("presence:statusUpdated").get(1), "status")).isEqualTo("away");
        assertThat(status()).isEqualTo(Availability.IN_CALL);
        node.realtime.presence().setInCall(ANA, false);
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("away");
    }

    @Test
    void inCallMayAlsoBeSetByHand() {
        TestClient ana = arrives("ana");
        assertThat(ana.ask("presence:setStatus", "{\"status\":\"in_call\"}")).isEqualTo(SUCCESS);
        assertThat(status()).isEqualTo(Availability.IN_CALL);
    }

    @Test
    void whoOnlyListensStaysOnlineAndWasSeenLastAtMostThirtySecondsAgo() {
        TestClient ana = arrives("ana");
        for (int i = 0; i < 36; i++) {
            node.time.advance(Duration.ofSeconds(20));
            ana.settle();
            eve.settle();
            TestNode.soon(
                    () -> presence().lastSeen().isAfter(node.time.instant().minus(Duration.ofSeconds(30))));
        }
        assertThat(status()).isEqualTo(Availability.ONLINE);
        assertThat(eve.events("presence:changed")).hasSize(1);
    }

    @Test
    void aPlainClientThatOnlyAnswersPingsStaysOnlineAndOneThatDoesNotIsGoneInTime() {
        PlainTestClient ana = PlainTestClient.open(node.realtime.accept(new PlainProtocol(PlainSettings.defaults())));
        ana.connect("ana/patient");
        eve.next("presence:changed");
        for (int i = 0; i < 30; i++) {
            node.time.advance(Duration.ofSeconds(20));
            eve.settle();
        }
        assertThat(ana.pings()).isGreaterThan(20);
        assertThat(status()).isEqualTo(Availability.ONLINE);
        assertThat(eve.events("presence:changed")).hasSize(1);
        ana.ignorePings();
        node.time.advance(Duration.ofSeconds(20));
        eve.settle();
        node.time.advance(Duration.ofSeconds(25));
        awaitNoSession();
        assertThat(status()).isEqualTo(Availability.ONLINE);
        node.time.advance(Duration.ofSeconds(5));
        assertThat(text(eve.next("presence:changed"), "status")).isEqualTo("offline");
    }

    @Test
    void anOfflineUserIsKnownForADayAndLeftOutAfterwards() {
        leaves(arrives("ana"));
        node.time.advance(Duration.ofSeconds(5));
        TestNode.soon(() -> status() == Availability.OFFLINE);
        node.time.advance(Duration.ofHours(23).plusMinutes(59));
        TestNode.soon(() -> node.realtime.presence().find(ANA).isPresent());
        node.time.advance(Duration.ofMinutes(2));
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(3),
                () -> node.realtime.presence().find(ANA).isEmpty());
        assertThat(eve.ask("presence:get", "{\"userIds\":[\"ana\"]}"))
                .isEqualTo(json("{'success':true,'presences':[]}"));
    }

    @Test
    void subscriptionsEndWithTheirSession() {
        leaves(eve);
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isZero();
    }

    @Test
    void aStatusSetByTheHostIsToldLikeOneOfTheUser() {
        arrives("ana");
        node.time.advance(Duration.ofSeconds(1));
        node.realtime.presence().setStatus(ANA, Availability.AWAY, Optional.of("set by the host"));
        assertThat(text(eve.next("presence:changed"), "customStatus")).isEqualTo("set by the host");
        node.realtime.presence().setStatus(new UserId("nobody"), Availability.AWAY, Optional.empty());
        assertThat(node.realtime.presence().find(new UserId("nobody"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1"})
    void anotherNamespaceSeesTheSame(String namespace) {
        TestClient alias = node.open().in(namespace);
        alias.welcome("dan/doctor");
        alias.ask("presence:subscribe", "{\"userIds\":[\"ana\"]}");
        arrives("ana");
        assertThat(text(alias.next("presence:changed"), "userId")).isEqualTo("ana");
    }

    /** A client whose user was not there; eve has heard of it. */
    private TestClient arrives(String user) {
        TestClient client = node.client(user + "/patient");
        assertThat(text(eve.next("presence:changed"), "userId")).isEqualTo(user);
        return client;
    }

    private void leaves(TestClient client) {
        int before = node.realtime.sessions().count();
        client.leave();
        TestNode.soon(() -> node.realtime.sessions().count() < before);
        if (node.realtime.sessions().of(ANA).isEmpty()) {
            awaitNoSession();
        }
    }

    private void awaitNoSession() {
        TestNode.soon(() -> !node.realtime.presence().isConnected(ANA));
    }

    private void awaitSession() {
        TestNode.soon(() -> node.realtime.presence().isConnected(ANA));
    }

    private Presence presence() {
        return node.realtime.presence().find(ANA).orElseThrow();
    }

    private Availability status() {
        return presence().status();
    }

    private static String users(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"u" + i + "\"")
                .collect(Collectors.joining(",", "{\"userIds\":[", "]}"));
    }

    private static boolean order(List<String> packets, String first, String second) {
        List<String> both = packets.stream()
                .filter(packet -> packet.contains(first) || packet.contains(second))
                .toList();
        return both.get(both.size() - 2).contains(first)
                && both.get(both.size() - 1).contains(second);
    }
}
