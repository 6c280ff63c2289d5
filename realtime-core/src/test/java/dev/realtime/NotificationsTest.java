package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.address.UserId;
import dev.realtime.error.InvalidValueException;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.notification.InboxQuery;
import dev.realtime.notification.InboxQuery.Shown;
import dev.realtime.notification.Notice;
import dev.realtime.notification.NotificationHub;
import dev.realtime.notification.NotificationId;
import dev.realtime.notification.NotificationNotFoundException;
import dev.realtime.notification.NotificationStats;
import dev.realtime.notification.Priority;
import dev.realtime.notification.Saved;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.testkit.PlainTestClient;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications, as users and hosts see them (CONTRACT 7). */
class NotificationsTest {
    private static final UserId ANA = new UserId("ana");
    private static final UserId BEN = new UserId("ben");
    private static final Notice NOTICE = Notice.of("lab_results_ready", "T", "M");
    private static final Payload NOT_FOUND =
            json("{'success':false,'error':'Notification not found','code':'not_found'}");

    private final FragileNotificationStore store = new FragileNotificationStore();
    private final TestNode node = new TestNode(builder -> builder.notifications(store));
    private final NotificationHub hub = node.realtime.notifications();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aNotificationIsHeardOnAllDevicesOfItsUserAloneAndTheCountFollows() {
        TestClient ana = node.client("ana/patient");
        TestClient other = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        node.time.advance(Duration.ofMillis(173));
        Saved saved = hub.createAndSend(
                ANA, "lab_results_ready", Priority.HIGH, "T", "M", Optional.of(json("{'k':1,'none':null}")));
        assertThat(saved.isNew()).isTrue();
        String id = saved.notification().id().value();
        assertThat(id).matches("notif-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Payload heard = json(
                "{'id':'%s','type':'lab_results_ready','priority':'high','title':'T','message':'M',"
                        + "'data':{'k':1,'none':null},'timestamp':'2026-11-23T09:15:48.173Z'}",
                id);
        for (TestClient device : List.of(ana, other)) {
            device.settle();
            assertThat(device.events())
                    .extracting(TestClient.Event::name)
                    .containsExactly("connected", "notification:new", "notification:unreadCount");
            assertThat(device.next("notification:new")).isEqualTo(heard);
            assertThat(device.next("notification:unreadCount")).isEqualTo(json("{'unreadCount':1}"));
        }
        ben.settle();
        assertThat(ben.events()).hasSize(1);
    }

    @Test
    void withoutDataThereIsNoneAndTheUsualPriorityIsMedium() {
        TestClient ana = node.client("ana/patient");
        String id = send(ANA);
        assertThat(ana.next("notification:new"))
                .isEqualTo(json(
                        "{'id':'%s','type':'lab_results_ready','priority':'medium','title':'T','message':'M',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z'}",
                        id));
    }

    @Test
    void theFirstWithAnIdOfTheHostStandsAndNothingMoreIsHeard() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        NotificationId id = new NotificationId("appointment:7/reminder");
        Saved first = hub.send(ANA, id, NOTICE);
        node.time.advance(Duration.ofSeconds(1));
        assertThat(hub.send(ANA, id, Notice.of("other", "O", "O"))).isEqualTo(new Saved(first.notification(), false));
        assertThat(hub.send(BEN, id, NOTICE)).isEqualTo(new Saved(first.notification(), false));
        ana.settle();
        ben.settle();
        assertThat(ana.events("notification:new")).hasSize(1);
        assertThat(ana.events("notification:unreadCount")).hasSize(1);
        assertThat(ben.events()).hasSize(1);
        assertThat(list(ana, "{}"))
                .isEqualTo(json("{'success':true,'notifications':[{'id':'appointment:7/reminder',"
                        + "'type':'lab_results_ready','priority':'medium','title':'T','message':'M',"
                        + "'timestamp':'2026-11-23T09:15:48.000Z','read':false}],'hasMore':false,'unreadCount':1}"));
    }

    @Test
    void whatIsReadIsMarkedAndCountedBeforeTheAck() {
        TestClient ana = node.client("ana/patient");
        TestClient other = node.client("ana/patient");
        String id = send(ANA);
        send(ANA);
        node.time.advance(Duration.ofMillis(1_500));
        assertThat(read(ana, id)).isEqualTo(json("{'success':true,'notificationId':'%s'}", id));
        assertThat(counts(ana)).containsExactly(1L, 2L, 1L);
        assertAckIsLast(ana);
        other.settle();
        assertThat(counts(other)).containsExactly(1L, 2L, 1L);
        Payload marked = item(ana, id);
        assertThat(marked.get("read")).contains(Payload.of(true));
        assertThat(text(marked, "readAt")).isEqualTo("2026-11-23T09:15:49.500Z");
    }

    @Test
    void readTwiceCountsOnceAndIsAnnouncedOnce() {
        TestClient ana = node.client("ana/patient");
        String id = send(ANA);
        send(ANA);
        read(ana, id);
        node.time.advance(Duration.ofSeconds(1));
        assertThat(read(ana, id)).isEqualTo(json("{'success':true,'notificationId':'%s'}", id));
        assertThat(counts(ana)).containsExactly(1L, 2L, 1L);
        assertThat(unreadCount(ana)).isEqualTo(1);
        assertThat(text(item(ana, id), "readAt")).isEqualTo("2026-11-23T09:15:48.000Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'notificationId':null}",
                "{'notificationId':''}",
                "{'notificationId':'no such'}",
                "{'notificationId':'notif-01a207b0-c5a5-7676-b8bb-84ce7267dd52'}"
            })
    void whatTheUserDoesNotHaveIsNotFound(String payload) {
        TestClient ana = node.client("ana/patient");
        send(ANA);
        assertThat(ana.ask("notification:read", payload.replace('\'', '"'))).isEqualTo(NOT_FOUND);
        assertThat(read(ana, "x".repeat(10_000))).isEqualTo(NOT_FOUND);
        assertThat(counts(ana)).containsExactly(1L);
    }

    @Test
    void thatOfAnotherUserIsNotFoundAndStaysUnread() {
        TestClient ana = node.client("ana/patient");
        TestClient eve = node.client("eve/admin");
        String id = send(ANA);
        assertThat(read(eve, id)).isEqualTo(NOT_FOUND);
        assertThat(eve.ask("notification:list", "{\"before\":\"" + id + "\"}"))
                .isEqualTo(
                        json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'before'}"));
        assertThat(list(eve, "{}"))
                .isEqualTo(json("{'success':true,'notifications':[],'hasMore':false,'unreadCount':0}"));
        assertThat(unreadCount(ana)).isEqualTo(1);
        assertThat(counts(ana)).containsExactly(1L);
    }

    @Test
    void readAllMarksWhatIsUnreadAndSaysHowMuch() {
        TestClient ana = node.client("ana/patient");
        TestClient other = node.client("ana/patient");
        read(ana, send(ANA));
        send(ANA);
        send(ANA);
        String bens = send(BEN);
        assertThat(ana.ask("notification:readAll", "{}")).isEqualTo(json("{'success':true,'markedCount':2}"));
        assertAckIsLast(ana);
        assertThat(ana.ask("notification:readAll", "{}")).isEqualTo(json("{'success':true,'markedCount':0}"));
        other.settle();
        assertThat(counts(ana)).containsExactly(1L, 0L, 1L, 2L, 0L);
        assertThat(counts(other)).containsExactly(1L, 0L, 1L, 2L, 0L);
        assertThat(unreadCount(ana)).isZero();
        assertThat(item(node.client("ben/provider"), bens).get("read")).contains(Payload.of(false));
    }

    @Test
    void whoAsksForNoAckHasTheSameDone() {
        TestClient ana = node.client("ana/patient");
        String id = send(ANA);
        ana.next("notification:unreadCount");
        ana.tell("notification:read", "{\"notificationId\":\"" + id + "\"}");
        assertThat(ana.next("notification:unreadCount")).isEqualTo(json("{'unreadCount':0}"));
        int heard = ana.packets().size();
        ana.tell("notification:read", "{}");
        ana.settle();
        assertThat(ana.packets()).hasSize(heard + 1);
    }

    @Test
    void whileTheStoreIsAwayEachEventSaysSoAndNothingIsAnnounced() {
        TestClient ana = node.client("ana/patient");
        String id = send(ANA);
        store.isAway = true;
        assertFailures(ana, id, "unavailable");
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> send(ANA));
        store.isAway = false;
        store.isBroken = true;
        assertFailures(ana, id, "internal");
        store.isBroken = false;
        assertThat(counts(ana)).containsExactly(1L);
        assertThat(ana.events("notification:new")).hasSize(1);
        assertThat(unreadCount(ana)).isEqualTo(1);
    }

    @Test
    void whatIsDoneIsDoneAlsoWhenItCannotBeCounted() {
        TestClient ana = node.client("ana/patient");
        store.cannotCount = true;
        String id = send(ANA);
        send(ANA);
        assertThat(read(ana, id)).isEqualTo(json("{'success':true,'notificationId':'%s'}", id));
        store.cannotCount = false;
        send(ANA);
        ana.settle();
        assertThat(ana.events("notification:new")).hasSize(3);
        assertThat(counts(ana)).containsExactly(2L);
    }

    @Test
    void theHostReadsMarksAndCounts() {
        TestClient ana = node.client("ana/patient");
        String id = send(ANA);
        send(ANA);
        send(BEN);
        assertThat(hub.list(ANA, Shown.ALL, new InboxQuery.Newest(), 50).notifications())
                .hasSize(2);
        hub.markRead(ANA, new NotificationId(id));
        assertThat(hub.list(ANA, Shown.UNREAD, new InboxQuery.Newest(), 0).notifications())
                .hasSize(1);
        assertThat(hub.unreadCount(ANA)).isEqualTo(1);
        assertThat(hub.stats()).isEqualTo(new NotificationStats(3, 2, 2));
        assertThatExceptionOfType(NotificationNotFoundException.class)
                .isThrownBy(() -> hub.markRead(BEN, new NotificationId(id)));
        assertThat(hub.markAllRead(ANA)).isEqualTo(1);
        ana.settle();
        assertThat(counts(ana)).containsExactly(1L, 2L, 1L, 0L);
    }

    @Test
    void aHostThatSaysTooMuchIsToldWhichField() {
        TestClient ana = node.client("ana/patient");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> hub.createAndSend(
                        ANA, "t", Priority.LOW, "T", "M", Optional.of(Payload.of("x".repeat(16 * 1024)))))
                .withMessage("data is larger than 16384 bytes")
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("data"));
        ana.settle();
        assertThat(ana.events()).hasSize(1);
    }

    @Test
    void ofManyChangesAtOnceTheLastCountToldIsTheRightOne() throws Exception {
        TestClient ana = node.client("ana/patient");
        for (int round = 0; round < 20; round++) {
            Races.together(4, racer -> {
                String id = send(ANA);
                if (racer % 2 == 0) {
                    hub.markRead(ANA, new NotificationId(id));
                }
                return id;
            });
            ana.settle();
            List<Long> counts = counts(ana);
            assertThat(counts.get(counts.size() - 1)).isEqualTo(hub.unreadCount(ANA));
        }
        assertThat(hub.unreadCount(ANA)).isEqualTo(40);
    }

    @Test
    void thePlainProtocolHasTheSameEvents() {
        PlainTestClient ana = PlainTestClient.open(node.realtime.accept(new PlainProtocol(PlainSettings.defaults())));
        ana.connect("ana/patient");
        String id = send(ANA);
        assertThat(text(ana.next("notification:new"), "id")).isEqualTo(id);
        assertThat(ana.next("notification:unreadCount")).isEqualTo(json("{'unreadCount':1}"));
        assertThat(ids(ana.ask("notification:list", "{\"limit\":1}"))).containsExactly(id);
        assertThat(ana.ask("notification:read", "{\"notificationId\":\"" + id + "\"}"))
                .isEqualTo(json("{'success':true,'notificationId':'%s'}", id));
        assertThat(ana.next("notification:unreadCount")).isEqualTo(json("{'unreadCount':0}"));
        assertThat(ana.ask("notification:read", "{}")).isEqualTo(NOT_FOUND);
        assertThat(ana.ask("notification:getUnreadCount", "{}")).isEqualTo(json("{'success':true,'unreadCount':0}"));
        assertThat(ana.ask("notification:readAll", "{}")).isEqualTo(json("{'success':true,'markedCount':0}"));
        ana.lose();
    }

    private static void assertFailures(TestClient ana, String id, String code) {
        String failure = "{'success':false,'error':'%s','code':'%s'}";
        assertThat(read(ana, id)).isEqualTo(json(failure, "Failed to mark notification as read", code));
        assertThat(ana.ask("notification:readAll", "{}"))
                .isEqualTo(json(failure, "Failed to mark all notifications as read", code));
        assertThat(ana.ask("notification:getUnreadCount", "{}"))
                .isEqualTo(json(failure, "Failed to get unread count", code));
        assertThat(list(ana, "{}")).isEqualTo(json(failure, "Failed to list notifications", code));
        assertThat(list(ana, "{'before':'" + id + "'}")).isEqualTo(json(failure, "Failed to list notifications", code));
    }

    private String send(UserId to) {
        return hub.send(to, NOTICE).notification().id().value();
    }

    private static Payload read(TestClient client, String id) {
        return client.ask("notification:read", "{\"notificationId\":\"" + id + "\"}");
    }

    private static Payload list(TestClient client, String payload) {
        return client.ask("notification:list", payload.replace('\'', '"'));
    }

    private static long unreadCount(TestClient client) {
        Payload ack = client.ask("notification:getUnreadCount", "{}");
        assertThat(ack.names()).containsExactly("success", "unreadCount");
        return ack.get("unreadCount").orElseThrow().asLong();
    }

    private static Payload item(TestClient client, String id) {
        return items(list(client, "{}")).stream()
                .filter(item -> text(item, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Payload> items(Payload ack) {
        return ack.get("notifications").orElseThrow().elements();
    }

    private static List<String> ids(Payload ack) {
        return items(ack).stream().map(item -> text(item, "id")).toList();
    }

    /** The counts that were announced, in order. */
    private static List<Long> counts(TestClient client) {
        return client.events("notification:unreadCount").stream()
                .map(event -> event.get("unreadCount").orElseThrow().asLong())
                .toList();
    }

    private static void assertAckIsLast(TestClient client) {
        List<String> packets = client.packets();
        assertThat(packets.get(packets.size() - 1)).startsWith("43");
        assertThat(packets.get(packets.size() - 2)).startsWith("42[\"notification:unreadCount\"");
    }
}
