package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.asyncapi.Operation;
import dev.realtime.asyncapi.Operation.Action;
import dev.realtime.asyncapi.WireDocument;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import dev.realtime.call.CallSettings;
import dev.realtime.call.CallState;
import dev.realtime.call.CallStore;
import dev.realtime.call.IceSettings;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.notification.Notice;
import dev.realtime.notification.NotificationId;
import dev.realtime.presence.FragilePresenceStore;
import dev.realtime.room.InMemoryMembershipStore;
import dev.realtime.room.MembershipStore;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Everything in the document happens: each event of the server, each ack and each of the failures. That all of it has
 * the documented shape is for the witness of the test clients to say.
 */
class EventsOfTheDocumentTest {
    private static final String ROOM = "{'roomId':'chat:ana:ben','roomType':'chat'}";

    private static final UUID SOME_ID = new UUID(0x7000, 1L << 63);

    private final FragileMessageStore messages = new FragileMessageStore();
    private final FragileNotificationStore notifications = new FragileNotificationStore();
    private final FragilePresenceStore presence = new FragilePresenceStore();
    private volatile boolean isAway;
    private final Set<String> seen = new TreeSet<>();
    private final List<TestClient> clients = new ArrayList<>();

    @Test
    void eachOfThemIsSeen() throws Exception {
        chat();
        notifications();
        calls();
        callRefusals();
        failures();
        tooFast();
        tokens();
        shutdown();
        clients.forEach(client -> client.events().forEach(event -> seen.add("send " + event.name())));
        assertThat(seen)
                .as("what docs/asyncapi.yaml has and nothing in this test brought about")
                .containsAll(documented());
    }

    private static Set<String> documented() {
        Set<String> all = new TreeSet<>();
        for (Operation operation : WireDocument.CURRENT.operations()) {
            if (operation.action() == Action.SEND) {
                all.add("send " + operation.event());
            } else {
                all.add("receive " + operation.event() + ": success");
                operation
                        .replies()
                        .get(1)
                        .errors()
                        .forEach(error -> all.add("receive " + operation.event() + ": " + error));
            }
        }
        return all;
    }

    private void chat() {
        try (TestNode node = new TestNode()) {
            TestClient ana = client(node, "ana/patient");
            TestClient ben = client(node, "ben/provider");
            ask(ana, "room:join", ROOM);
            ask(ben, "room:join", ROOM);
            ask(ana, "room:participants", ROOM);
            Payload stored = ask(ana, "message:send", "{'roomId':'chat:ana:ben','message':'hi'}");
            String id = TestNode.text(stored.get("message").orElseThrow(), "id");
            ask(ben, "message:unread", "{}");
            ask(ben, "message:received", "{'messageId':'" + id + "','roomId':'chat:ana:ben'}");
            ask(ben, "message:read", "{'messageIds':['" + id + "']}");
            ask(ana, "message:history", "{'roomId':'chat:ana:ben'}");
            ask(ana, "presence:subscribe", "{'userIds':['ben']}");
            ask(ana, "presence:get", "{'userIds':['ben']}");
            ask(ben, "presence:setStatus", "{'status':'busy','customStatus':'mtg'}");
            node.time.advance(Duration.ofSeconds(1));
            ana.next("presence:changed");
            ask(ana, "presence:unsubscribe", "{}");
            ask(ana, "typing:start", "{'recipientId':'ben'}");
            ask(ana, "typing:stop", "{'recipientId':'ben'}");
            ask(ben, "room:leave", ROOM);
            for (String heard : List.of("message:delivered", "message:read", "room:userLeft")) {
                ana.next(heard);
            }
            ben.next("typing:stop");
        }
    }

    private void notifications() {
        try (TestNode node = new TestNode()) {
            TestClient ana = client(node, "ana/patient");
            NotificationId id = node.realtime
                    .notifications()
                    .send(new UserId("ana"), Notice.of("system_alert", "T", "M"))
                    .notification()
                    .id();
            ana.next("notification:new");
            ana.next("notification:unreadCount");
            ask(ana, "notification:list", "{}");
            ask(ana, "notification:getUnreadCount", "{}");
            ask(ana, "notification:read", "{'notificationId':'" + id + "'}");
            ask(ana, "notification:read", "{}");
            ask(ana, "notification:readAll", "{}");
        }
    }

    private void calls() {
        try (TestNode node = new TestNode()) {
            TestClient ana = client(node, "ana/patient");
            TestClient ben = client(node, "ben/provider");
            TestClient bensOther = client(node, "ben/provider");
            String id = ring(ana);
            ask(ben, "call:accept", "{'callId':'" + id + "'}");
            for (int i = 0; i < 2; i++) {
                ask(ben, "call:accept", "{'callId':'" + id + "'}");
                ask(ben, "call:reject", "{'callId':'" + id + "'}");
                node.time.advance(Duration.ofSeconds(1));
                TestNode.soon(() -> node.realtime.calls().stats().byState().containsKey(CallState.IN_PROGRESS));
            }
            ask(ana, "call:signal", "{'callId':'" + id + "','signal':1,'signalType':'offer'}");
            ask(ana, "call:quality", "{'callId':'" + id + "','metrics':{'jitter':99}}");
            ask(ana, "call:end", "{'callId':'" + id + "'}");
            ask(ben, "call:reject", "{'callId':'" + ring(ana) + "'}");
            ring(ana);
            node.time.advance(Duration.ofSeconds(30));
            ask(ana, "call:history", "{}");
            ask(ana, "call:iceServers", "{}");
            for (String heard : List.of("call:missed", "call:signal", "call:qualityIssue", "call:ended")) {
                ben.next(heard);
            }
            ana.next("call:rejected");
            bensOther.next("call:ended");
        }
    }

    private void callRefusals() {
        CallRecords records = new CallRecords() {
            @Override
            public void save(CallRecord record) {
                throw new StoreException("the store is away");
            }

            @Override
            public List<CallRecord> history(UserId user, Instant before, int limit) {
                throw new StoreException("the store is away");
            }
        };
        try (TestNode node = new TestNode(builder -> builder.callStore(
                        fragile(CallStore.class, new InMemoryCallStore()))
                .callRecords(records)
                .settings(TestNode.settings(TestNode.UNLIMITED).with(CallSettings.DEFAULTS.with(endlessCredentials())))
                .callPolicy((caller, callee) -> !callee.value().equals("shy")))) {
            TestClient ana = client(node, "ana/patient");
            TestClient eve = client(node, "eve/patient");
            for (String wanted : List.of(
                    "{}", "{'recipientId':'ana'}", "{'recipientId':'shy'}", "{'recipientId':'ben','visitId':'v9'}")) {
                ask(ana, "call:initiate", wanted);
            }
            String id = ring(ana);
            String about = "{'callId':'%s','signal':1,'signalType':'offer','metrics':{},'recipientId':'ben'}";
            List<String> events = List.of("call:accept", "call:reject", "call:end", "call:signal", "call:quality");
            for (String event : events) {
                ask(eve, event, about.formatted(id));
                ask(eve, event, about.formatted("call-0"));
            }
            ask(ana, "call:history", "{}");
            ask(ana, "call:iceServers", "{}");
            for (int i = 0; i < 100; i++) {
                ask(ana, "call:initiate", "{'recipientId':'ben'}");
            }
            isAway = true;
            ask(eve, "call:initiate", "{'recipientId':'ben'}");
            events.forEach(event -> ask(ana, event, about.formatted(id)));
            isAway = false;
        }
    }

    /** Nobody can say in seconds when these end. */
    private static IceSettings endlessCredentials() {
        return new IceSettings(List.of(), List.of("turn:a"), Optional.of("north"), Duration.ofSeconds(Long.MAX_VALUE));
    }

    private String ring(TestClient caller) {
        return TestNode.text(ask(caller, "call:initiate", "{'recipientId':'ben'}"), "callId");
    }

    private void failures() {
        try (TestNode node = new TestNode(builder -> builder.messages(messages)
                .notifications(notifications)
                .presence(presence)
                .members(fragile(MembershipStore.class, new InMemoryMembershipStore()))
                .visits(visit -> {
                    throw new StoreException("the store is away");
                })
                .messagePolicy((sender, recipient) -> !recipient.value().equals("shy")))) {
            TestClient ana = client(node, "ana/patient");
            for (String event : WireDocument.CURRENT.names(Action.RECEIVE)) {
                ask(ana, event, "5");
            }
            refusals(ana);
            away(ana);
            isAway = true;
            ask(ana, "room:leave", ROOM);
            isAway = false;
            presence.isAway = true;
            ask(ana, "presence:get", "{'userIds':['ben']}");
            ask(ana, "presence:subscribe", "{'userIds':['ben']}");
            ask(ana, "presence:setStatus", "{'status':'busy'}");
            presence.isAway = false;
        }
        try (TestNode node = new TestNode()) {
            TestClient ana = client(node, "ana/patient");
            ask(ana, "message:send", "{'visitId':'v9','message':'hi'}");
            for (int i = 0; i <= 100; i++) {
                ask(ana, "room:join", "{'roomId':'chat:ana:" + i + "','roomType':'chat'}");
            }
            for (int i = 0; i <= 2_000; i += 500) {
                ask(ana, "presence:subscribe", users(i, i + 500));
            }
        }
        crowded();
    }

    /** Where too much waits already, also that is refused which needs no store. */
    private void crowded() {
        SessionSettings usual = SessionSettings.DEFAULTS;
        try (TestNode node = new TestNode(builder -> builder.presence(presence)
                .settings(TestNode.settings(new SessionSettings(
                                usual.connectTimeout(),
                                usual.queueBytes(),
                                usual.maxConnections(),
                                usual.maxSessionsPerUser(),
                                1,
                                1,
                                usual.drainTimeout(),
                                TestNode.UNLIMITED)
                        .with(SessionSettings.Liveness.OFF))))) {
            TestClient ana = client(node, "ana/patient");
            ana.settle();
            presence.hold();
            long held = ana.askLater("presence:get", "{\"userIds\":[\"ben\"]}");
            TestNode.soon(() -> presence.held() > 0);
            long waiting = ana.askLater("presence:unsubscribe", "{}");
            ask(ana, "presence:unsubscribe", "{}");
            presence.letGo();
            ana.ack(held);
            ana.ack(waiting);
        }
    }

    private static String users(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "'u" + i + "'")
                .collect(Collectors.joining(",", "{'userIds':[", "]}"));
    }

    private void refusals(TestClient ana) {
        String foreign = "{'roomId':'chat:x:y','roomType':'chat','message':'hi','messageId':'m','messageIds':['m']}";
        for (String event : List.of(
                "room:join",
                "room:participants",
                "message:send",
                "message:history",
                "message:received",
                "message:read",
                "typing:start",
                "typing:stop")) {
            ask(ana, event, foreign);
        }
        for (String event : List.of("message:send", "typing:start", "typing:stop")) {
            ask(ana, event, "{'recipientId':'shy','message':'hi'}");
        }
        ask(ana, "message:send", "{'roomId':'chat:ana:ben'}");
        ask(ana, "message:send", "{'message':'hi'}");
        ask(ana, "message:history", "{}");
    }

    private void away(TestClient ana) {
        String visit = "{'roomId':'visit:v1','roomType':'chat','message':'hi','messageId':'m','messageIds':['m']}";
        for (String event : List.of("room:join", "room:participants", "typing:start", "typing:stop")) {
            ask(ana, event, visit);
        }
        messages.mood = FragileMessageStore.Mood.FAILING;
        String chat = "{'roomId':'chat:ana:ben','message':'hi','messageId':'" + SOME_ID + "','messageIds':['" + SOME_ID
                + "']}";
        for (String event :
                List.of("message:send", "message:history", "message:received", "message:read", "message:unread")) {
            ask(ana, event, chat);
        }
        messages.mood = FragileMessageStore.Mood.WELL;
        notifications.isAway = true;
        for (String event : List.of(
                "notification:read", "notification:readAll", "notification:getUnreadCount", "notification:list")) {
            ask(ana, event, "{'notificationId':'n'}");
        }
        notifications.isAway = false;
    }

    private void tooFast() {
        try (TestNode node = new TestNode(
                builder -> builder.settings(TestNode.settings(new SessionSettings.Rates(1, 1, 0, 0, 0, 0))))) {
            TestClient ana = client(node, "ana/patient");
            ana.settle();
            for (String event : WireDocument.CURRENT.names(Action.RECEIVE)) {
                ask(ana, event, "{}");
            }
        }
    }

    private void tokens() {
        try (TestNode node = TestNode.patient()) {
            TestClient ana = client(node, "ana/patient/2026-11-23T09:16:58Z");
            for (String token : List.of("", "expired", "nobody", "unverifiable", "ben/patient")) {
                ask(ana, "auth:refresh", "{'token':'" + token + "'}");
            }
            ask(ana, "auth:refresh", "{'token':'ana/patient/2026-11-23T09:16:59Z'}");
            node.time.advance(Duration.ofSeconds(11));
            ana.next("auth:expiring");
            node.time.advance(Duration.ofSeconds(60));
            ana.next("auth:expired");
        }
    }

    private void shutdown() throws Exception {
        TestNode node = new TestNode();
        TestClient ana = client(node, "ana/patient");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(node.realtime::close);
        ana.next("server:shutdown");
        ana.lose();
        stopped.get(30, TimeUnit.SECONDS);
    }

    private TestClient client(TestNode node, String token) {
        TestClient client = node.client(token);
        clients.add(client);
        return client;
    }

    private Payload ask(TestClient client, String event, String json) {
        Payload ack = client.ask(event, json.replace('\'', '"'));
        seen.add("receive " + event + ": "
                + ack.get("error").map(Payload::asText).orElse("success"));
        return ack;
    }

    private <T> T fragile(Class<T> type, T well) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (isAway) {
                        throw new StoreException("the store is away");
                    }
                    try {
                        return method.invoke(well, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
