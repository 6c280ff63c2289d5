package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.notification.Notice;
import dev.realtime.notification.NotificationHub;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an inbox is read, and what is no way to ask for it (CONTRACT 7, 2.1). */
class InboxTest {
    private static final UserId ANA = new UserId("ana");
    private static final Notice NOTICE = Notice.of("lab_results_ready", "T", "M");

    private final TestNode node = new TestNode();
    private final NotificationHub hub = node.realtime.notifications();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void eventsWithoutAPayloadTakeAnythingOrNothing() {
        TestClient ana = node.client("ana/patient");
        send(ANA);
        for (String event : List.of("notification:getUnreadCount", "notification:readAll", "notification:list")) {
            ana.send("42900[\"" + event + "\"]");
            assertThat(ana.ack(900).get("success")).contains(Payload.of(true));
        }
        for (String event : List.of("notification:getUnreadCount", "notification:readAll")) {
            for (String payload : List.of("null", "5", "[1]", "\"x\"", "{\"a\":1}")) {
                assertThat(ana.ask(event, payload).get("success")).contains(Payload.of(true));
            }
        }
        assertThat(ana.ask("notification:list", "null").get("success")).contains(Payload.of(true));
    }

    @Test
    void theInboxIsPagedByItemAndByMoment() {
        TestClient ana = node.client("ana/patient");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(0, send(ANA));
            node.time.advance(Duration.ofMillis(1));
        }
        Payload first = list(ana, "{}");
        assertThat(ids(first)).isEqualTo(sent.subList(0, 50));
        assertThat(first.get("hasMore")).contains(Payload.of(true));
        for (String field : List.of("id", "timestamp")) {
            String last = text(items(first).get(49), field);
            Payload rest = list(ana, "{'before':'" + last + "'}");
            assertThat(ids(rest)).isEqualTo(sent.subList(50, 60));
            assertThat(rest.get("hasMore")).contains(Payload.of(false));
            assertThat(rest.get("unreadCount")).contains(Payload.of(60));
            Payload exact = list(ana, "{'limit':10,'before':'" + last + "'}");
            assertThat(exact.get("hasMore")).contains(Payload.of(false));
            assertThat(list(ana, "{'limit':9,'before':'" + last + "'}").get("hasMore"))
                    .contains(Payload.of(true));
        }
    }

    @Test
    void theUnreadAloneCanBeListed() {
        TestClient ana = node.client("ana/patient");
        String first = send(ANA);
        node.time.advance(Duration.ofMillis(1));
        String second = send(ANA);
        read(ana, second);
        assertThat(ids(list(ana, "{'unreadOnly':true}"))).containsExactly(first);
        assertThat(ids(list(ana, "{'unreadOnly':false}"))).containsExactly(second, first);
        assertThat(list(ana, "{'unreadOnly':true,'limit':1}").get("hasMore")).contains(Payload.of(false));
    }

    @Test
    void aPageDoesNotSplitAMillisecond() {
        TestClient ana = node.client("ana/patient");
        String older = send(ANA);
        node.time.advance(Duration.ofMillis(1));
        List.of(1, 2, 3).forEach(each -> send(ANA));
        Payload page = list(ana, "{'limit':1}");
        assertThat(items(page)).hasSize(3);
        assertThat(ids(list(ana, "{'before':'" + text(items(page).get(2), "timestamp") + "'}")))
                .containsExactly(older);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,1", "-9e99,1", "1.9,1", "3,3", "200,200", "10000,200", "9e99,200"})
    void aLimitIsClamped(String limit, int expected) {
        TestClient ana = node.client("ana/patient");
        for (int i = 0; i < 201; i++) {
            send(ANA);
            node.time.advance(Duration.ofMillis(1));
        }
        assertThat(items(list(ana, "{'limit':" + limit + "}"))).hasSize(expected);
    }

    @Test
    void aPageEndsBeforeHalfAMegabyte() {
        TestClient ana = node.client("ana/patient");
        Notice large = NOTICE.withData(Payload.of("x".repeat(16_000)));
        for (int i = 0; i < 40; i++) {
            hub.send(ANA, large);
            node.time.advance(Duration.ofMillis(1));
        }
        // What was announced has left the queue, in which there would be no room for both.
        ana.settle();
        Payload page = list(ana, "{}");
        assertThat(page.size()).isBetween(500_000, 512 * 1024);
        assertThat(page.get("hasMore")).contains(Payload.of(true));
        Payload rest = list(ana, "{'before':'" + ids(page).get(items(page).size() - 1) + "'}");
        assertThat(items(page).size() + items(rest).size()).isEqualTo(40);
        assertThat(rest.get("hasMore")).contains(Payload.of(false));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "notification:read|5|payload",
                "notification:read|null|payload",
                "notification:read|[]|payload",
                "notification:read|{'notificationId':5}|notificationId",
                "notification:read|{'notificationId':['x']}|notificationId",
                "notification:list|5|payload",
                "notification:list|'x'|payload",
                "notification:list|{'limit':'5'}|limit",
                "notification:list|{'unreadOnly':'true'}|unreadOnly",
                "notification:list|{'unreadOnly':1}|unreadOnly",
                "notification:list|{'before':5}|before",
                "notification:list|{'before':''}|before",
                "notification:list|{'before':'yesterday'}|before",
                "notification:list|{'before':'2026-11-23T09:15:48'}|before",
                "notification:list|{'before':'no such'}|before",
            })
    void badFieldsAreNamed(String event, String payload, String field) {
        assertThat(node.client("ana/patient").ask(event, payload.replace('\'', '"')))
                .isEqualTo(json(
                        "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field));
    }

    @Test
    void aBinaryValueIsRefused() {
        TestClient ana = node.client("ana/patient");
        ana.send("451-7[\"notification:read\",{\"notificationId\":{\"_placeholder\":true,\"num\":0}}]");
        ana.send(Frame.binary(new byte[] {1}));
        assertThat(ana.ack(7))
                .isEqualTo(json("{'success':false,'error':'Invalid payload','code':'invalid_payload',"
                        + "'field':'notificationId'}"));
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

    private static List<Payload> items(Payload ack) {
        return ack.get("notifications").orElseThrow().elements();
    }

    private static List<String> ids(Payload ack) {
        return items(ack).stream().map(item -> text(item, "id")).toList();
    }
}
