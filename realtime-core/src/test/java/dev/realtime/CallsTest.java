package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.assertHeard;
import static dev.realtime.CallSteps.failure;
import static dev.realtime.CallSteps.ring;
import static dev.realtime.CallSteps.signal;
import static dev.realtime.CallSteps.talk;
import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.CallSettings;
import dev.realtime.call.CallState;
import dev.realtime.call.CallStats;
import dev.realtime.call.CallStore;
import dev.realtime.call.CallType;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.json.Payload;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.testkit.TestClient;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call from its first ring to its record, as clients see it (CONTRACT 5.1 to 5.3). */
class CallsTest {
    private static final String SOME_ID = CallId.random().value();

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aCallIsTakenAndEnded() {
        node.visit("v1", "pat", "doc");
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        Payload ringing = pat.ask(
                "call:initiate",
                "{\"recipientId\":\"doc\",\"callType\":\"video\",\"visitId\":\"v1\",\"metadata\":{\"a\":1,\"b\":null}}");
        String id = text(ringing, "callId");
        assertThat(ringing).isEqualTo(json("{'success':true,'callId':'%s','status':'ringing'}", id));
        assertThat(doc.next("call:incoming"))
                .isEqualTo(json(
                        "{'callId':'%s','callerId':'pat','callerRole':'patient','visitId':'v1','callType':'video',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z','metadata':{'a':1,'b':null}}",
                        id));
        node.time.advance(Duration.ofMillis(3_004));
        assertThat(ask(doc, "call:accept", id))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'accepted'}", id));
        assertThat(pat.next("call:accepted"))
                .isEqualTo(json("{'callId':'%s','recipientId':'doc','timestamp':'2026-11-23T09:15:51.004Z'}", id));
        node.time.advance(Duration.ofMinutes(5));
        assertThat(ask(pat, "call:end", id))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'ended','duration':300}", id));
        assertThat(doc.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'pat','duration':300,'timestamp':'2026-11-23T09:20:51.004Z'}", id));
        assertThat(doc.ask("call:history", "{}"))
                .isEqualTo(json(
                        "{'success':true,'calls':[{'callId':'%s','callerId':'pat','recipientId':'doc','visitId':'v1',"
                                + "'callType':'video','status':'ended','startedAt':'2026-11-23T09:15:48.000Z',"
                                + "'answeredAt':'2026-11-23T09:15:51.004Z','endedAt':'2026-11-23T09:20:51.004Z',"
                                + "'duration':300,'endedBy':'pat'}],'hasMore':false}",
                        id));
        assertHeard(pat, "call:ended", 0);
    }

    @Test
    void whatTheCallerDoesNotSayIsNotSaidToTheCallee() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = text(
                pat.ask(
                        "call:initiate",
                        "{\"recipientId\":\"doc\",\"callType\":null,\"visitId\":null,\"metadata\":null,\"x\":1}"),
                "callId");
        assertThat(doc.next("call:incoming"))
                .isEqualTo(json(
                        "{'callId':'%s','callerId':'pat','callerRole':'patient','timestamp':'2026-11-23T09:15:48.000Z'}",
                        id));
    }

    @Test
    void aCallIsRejectedWithAndWithoutAReason() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String reason = "x".repeat(200);
        String first = ring(pat, "doc");
        assertThat(doc.ask("call:reject", "{\"callId\":\"" + first + "\",\"reason\":\"" + reason + "\"}"))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'rejected'}", first));
        assertThat(pat.next("call:rejected"))
                .isEqualTo(json(
                        "{'callId':'%s','recipientId':'doc','reason':'%s','timestamp':'2026-11-23T09:15:48.000Z'}",
                        first, reason));
        String second = ring(pat, "doc");
        ask(doc, "call:reject", second);
        assertThat(pat.next("call:rejected"))
                .isEqualTo(json("{'callId':'%s','recipientId':'doc','timestamp':'2026-11-23T09:15:48.000Z'}", second));
        assertHeard(pat, "call:ended", 0);
        assertHeard(doc, "call:ended", 0);
        assertHeard(doc, "call:rejected", 0);
    }

    @Test
    void aCallerTakesTheCallBack() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = ring(pat, "doc");
        node.time.advance(Duration.ofSeconds(9));
        assertThat(pat.ask("call:end", "{\"callId\":\"" + id + "\",\"duration\":9}"))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'ended','duration':0}", id));
        assertThat(doc.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'pat','duration':0,'timestamp':'2026-11-23T09:15:57.000Z'}", id));
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(doc, "call:missed", 0);
    }

    @ParameterizedTest
    @CsvSource({"100,100", "105,105", "106,100", "1,1", "0,100", "-7,100", "99.9,99", "0.4,100", "1e300,100"})
    void theClientsDurationIsTakenWhenItIsCredible(String said, long taken) {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = talk(pat, doc, "doc");
        node.time.advance(Duration.ofMillis(100_999));
        assertThat(doc.ask("call:end", "{\"callId\":\"" + id + "\",\"duration\":" + said + "}"))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'ended','duration':%s}", id, taken));
        assertThat(pat.next("call:ended").get("duration")).contains(Payload.of(taken));
    }

    @Test
    void aSignalGoesToAllDevicesOfTheOtherPartyAndNobodyElse() {
        TestClient pat = node.client("pat/patient");
        TestClient patsOther = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient docsOther = node.client("doc/provider");
        TestClient eve = node.client("eve/patient");
        String id = talk(pat, doc, "doc");
        node.time.advance(Duration.ofMillis(738));
        assertThat(
                        pat.ask(
                                "call:signal",
                                "{\"callId\":\"" + id
                                        + "\",\"signal\":{\"sdp\":null,\"x\":[1,\"\u00e9\"]},\"signalType\":\"offer\",\"recipientId\":\"doc\"}"))
                .isEqualTo(json("{'success':true}"));
        Payload heard = json(
                "{'callId':'%s','senderId':'pat','signal':{'sdp':null,'x':[1,'\u00e9']},'signalType':'offer',"
                        + "'timestamp':'2026-11-23T09:15:48.738Z'}",
                id);
        assertThat(doc.next("call:signal")).isEqualTo(heard);
        assertThat(docsOther.next("call:signal")).isEqualTo(heard);
        signal(doc, id, "answer");
        signal(doc, id, "ice-candidate");
        for (TestClient device : List.of(pat, patsOther)) {
            assertThat(text(device.next("call:signal"), "signalType")).isEqualTo("answer");
            assertThat(text(device.next("call:signal"), "signalType")).isEqualTo("ice-candidate");
        }
        assertHeard(eve, "call:signal", 0);
        assertHeard(doc, "call:signal", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"5", "'text'", "[]", "false", "{}"})
    void aSignalIsAnyJson(String json) {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = ring(pat, "doc");
        String signal = json.replace('\'', '"');
        pat.tell("call:signal", "{\"callId\":\"" + id + "\",\"signal\":" + signal + ",\"signalType\":\"offer\"}");
        assertThat(doc.next("call:signal").get("signal")).contains(Payload.parse(signal));
    }

    @Test
    void aSignalHas64Kilobytes() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = ring(pat, "doc");
        String most = "\"" + "x".repeat(65_534) + "\"";
        String form = "{\"callId\":\"" + id + "\",\"signal\":%s,\"signalType\":\"offer\"}";
        TestNode.assertSuccess(pat.ask("call:signal", form.formatted(most)));
        assertThat(doc.next("call:signal").get("signal")).contains(Payload.parse(most));
        assertThat(pat.ask("call:signal", form.formatted("\"x" + most.substring(1))))
                .isEqualTo(invalid("signal"));
        assertHeard(doc, "call:signal", 1);
    }

    @Test
    void withoutAnAckAWrongSignalOrReportIsSilent() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient eve = node.client("eve/patient");
        String id = talk(pat, doc, "doc");
        String wrong = "{\"callId\":\"" + id + "\",\"signal\":1,\"signalType\":\"bye\"}";
        pat.tell("call:signal", wrong);
        pat.tell("call:signal", "{\"callId\":\"" + SOME_ID + "\",\"signal\":1,\"signalType\":\"offer\"}");
        pat.tell(
                "call:signal",
                "{\"callId\":\"" + id + "\",\"signal\":1,\"signalType\":\"offer\",\"recipientId\":\"eve\"}");
        eve.tell("call:signal", "{\"callId\":\"" + id + "\",\"signal\":1,\"signalType\":\"offer\"}");
        eve.tell("call:quality", "{\"callId\":\"" + id + "\",\"metrics\":{\"jitter\":99}}");
        pat.settle();
        eve.settle();
        int packets = pat.packets().size();
        pat.tell("call:signal", wrong);
        pat.tell("call:quality", "5");
        pat.settle();
        assertThat(pat.packets()).hasSize(packets + 1);
        for (TestClient client : List.of(pat, doc, eve)) {
            assertHeard(client, "call:signal", 0);
            assertHeard(client, "call:qualityIssue", 0);
        }
    }

    @Test
    void answeredOnOneDeviceItStopsRingingOnTheOthers() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient docsOther = node.client("doc/provider");
        String id = ring(pat, "doc");
        assertThat(docsOther.next("call:incoming")).isEqualTo(doc.next("call:incoming"));
        node.time.advance(Duration.ofMillis(4_500));
        ask(doc, "call:accept", id);
        assertThat(docsOther.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'doc','duration':0,'reason':'answered_elsewhere',"
                                + "'timestamp':'2026-11-23T09:15:52.500Z'}",
                        id));
        assertHeard(doc, "call:ended", 0);
        assertHeard(pat, "call:ended", 0);
        assertThat(ask(docsOther, "call:accept", id))
                .isEqualTo(failure("Cannot accept call in accepted state", "invalid_state"));
    }

    @Test
    void declinedOnOneDeviceItStopsRingingOnTheOthers() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient docsOther = node.client("doc/provider");
        String id = ring(pat, "doc");
        doc.ask("call:reject", "{\"callId\":\"" + id + "\",\"reason\":\"busy\"}");
        assertThat(docsOther.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'doc','duration':0,'reason':'declined_elsewhere',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z'}",
                        id));
        assertHeard(doc, "call:ended", 0);
        assertHeard(pat, "call:ended", 0);
    }

    @Test
    void effectsComeBeforeTheAck() {
        TestClient ana = node.client("ana/patient");
        TestClient anasOther = node.client("ana/patient");
        TestClient ben = node.client("ben/patient");
        // A device that is only just greeted may hear twice of a call: as it comes, and as one that rings already.
        ana.settle();
        anasOther.settle();
        String id = ring(ben, "ana");
        ask(ana, "call:accept", id);
        assertThat(ben.events("call:accepted")).hasSize(1);
        assertThat(anasOther.events("call:ended")).hasSize(1);
        ask(ana, "call:end", id);
        assertThat(ben.events("call:ended")).hasSize(1);
        String next = ring(ben, "ana");
        assertThat(ana.events("call:incoming")).hasSize(2);
        ask(ana, "call:reject", next);
        assertThat(ben.events("call:rejected")).hasSize(1);
    }

    @Test
    void aDeviceThatConnectsWhileItRingsRingsToo() {
        node.visit("v1", "pat", "doc");
        TestClient pat = node.client("pat/patient");
        String id = text(
                pat.ask(
                        "call:initiate",
                        "{\"recipientId\":\"doc\",\"callType\":\"audio\",\"visitId\":\"v1\",\"metadata\":{\"a\":1}}"),
                "callId");
        node.time.advance(Duration.ofSeconds(20));
        TestClient doc = node.client("doc/provider");
        assertThat(doc.next("call:incoming"))
                .isEqualTo(json(
                        "{'callId':'%s','callerId':'pat','callerRole':'patient','visitId':'v1','callType':'audio',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z','metadata':{'a':1}}",
                        id));
        assertThat(doc.events().get(0).name()).isEqualTo("connected");
        ask(doc, "call:accept", id);
        TestClient late = node.client("doc/provider");
        assertHeard(late, "call:incoming", 0);
        assertHeard(pat, "call:incoming", 0);
    }

    @ParameterizedTest
    @CsvSource({"call:accept,answered_elsewhere", "call:end,"})
    void aDeviceThatConnectsWhenItStopsRingingStopsToo(String event, String reason) {
        InMemoryCallStore calls = new InMemoryCallStore();
        Object user = new UserId("doc");
        AtomicInteger reads = new AtomicInteger();
        Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();
        CallStore slow = (CallStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(calls, arguments);
                    if (method.getName().equals("callsOf") && arguments[0].equals(user)) {
                        reads.incrementAndGet();
                        Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run);
                    }
                    return answer;
                });
        try (TestNode busy = new TestNode(builder -> builder.callStore(slow))) {
            TestClient pat = busy.client("pat/patient");
            TestClient doc = busy.client("doc/provider");
            // One reader wants to know whether a device has to ring, the other whose calls hear that the user is back.
            TestNode.soon(() -> reads.get() == 2);
            String id = ring(pat, "doc");
            meanwhile.add(() -> TestNode.assertSuccess(ask(event.equals("call:accept") ? doc : pat, event, id)));
            TestClient late = busy.client("doc/provider");
            late.next("call:incoming");
            late.settle();
            Payload ended = late.next("call:ended");
            assertThat(ended.get("reason").map(Payload::asText)).isEqualTo(Optional.ofNullable(reason));
            assertThat(text(ended, "endedBy")).isEqualTo(reason == null ? "pat" : "doc");
            assertThat(late.events().get(late.events().size() - 1).name()).isEqualTo("call:ended");
        }
    }

    @Test
    void aDeviceThatResumesHearsOfACallOnce() {
        try (TestNode recovering = new TestNode(builder -> builder.settings(
                TestNode.settings(TestNode.sessions(TestNode.UNLIMITED), RecoverySettings.DEFAULTS)))) {
            TestClient pat = recovering.client("pat/patient");
            TestClient doc = recovering.open();
            String privateId = text(doc.connect("doc/provider"), "pid");
            doc.next("connected");
            doc.settle();
            String first = ring(pat, "doc");
            doc.next("call:incoming");
            String packet = doc.packets().get(doc.packets().size() - 1);
            String offset = packet.substring(packet.lastIndexOf(',') + 2, packet.length() - 2);
            recovering.lose(doc);
            String second = ring(pat, "doc");
            TestClient back = recovering.open();
            back.connectWith(
                    "{\"token\":\"doc/provider\",\"pid\":\"" + privateId + "\",\"offset\":\"" + offset + "\"}");
            assertThat(back.next("connected").get("recovered")).contains(Payload.of(true));
            assertThat(text(back.next("call:incoming"), "callId"))
                    .isEqualTo(second)
                    .isNotEqualTo(first);
            assertHeard(back, "call:incoming", 1);
        }
    }

    @Test
    void whatIsOverIsNotFound() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient eve = node.client("eve/patient");
        String ended = talk(pat, doc, "doc");
        ask(pat, "call:end", ended);
        String rejected = ring(pat, "doc");
        ask(doc, "call:reject", rejected);
        String missed = ring(pat, "doc");
        node.time.advance(Duration.ofSeconds(30));
        doc.next("call:missed");
        for (String id : List.of(ended, rejected, missed, SOME_ID, "call-7", "")) {
            for (String event : List.of("call:accept", "call:reject", "call:end")) {
                for (TestClient client : List.of(pat, doc, eve)) {
                    assertThat(ask(client, event, id)).isEqualTo(failure("Call not found", "not_found"));
                }
            }
            assertThat(signal(pat, id, "offer")).isEqualTo(failure("Call not found", "not_found"));
            assertThat(CallSteps.report(pat, id, "{}")).isEqualTo(failure("Call not found", "not_found"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "call:initiate|5|payload",
                "call:initiate|{'recipientId':5}|recipientId",
                "call:initiate|{'recipientId':'a b'}|recipientId",
                "call:initiate|{'recipientId':'doc','callType':'fax'}|callType",
                "call:initiate|{'recipientId':'doc','callType':5}|callType",
                "call:initiate|{'recipientId':'doc','visitId':'a:b'}|visitId",
                "call:initiate|{'recipientId':'doc','metadata':[]}|metadata",
                "call:accept|[]|payload",
                "call:accept|{'callId':5}|callId",
                "call:reject|{'callId':5}|callId",
                "call:reject|{'reason':5}|reason",
                "call:end|{'callId':{}}|callId",
                "call:end|{'duration':'9'}|duration",
                "call:signal|{}|signal",
                "call:signal|{'signal':null,'signalType':'offer'}|signal",
                "call:signal|{'signal':1}|signalType",
                "call:signal|{'signal':1,'signalType':'bye'}|signalType",
                "call:signal|{'signal':1,'signalType':'offer','recipientId':5}|recipientId",
                "call:quality|{}|metrics",
                "call:quality|{'metrics':5}|metrics",
                "call:quality|{'metrics':{'latency':'9'}}|latency",
                "call:quality|{'metrics':{'packetsLost':true}}|packetsLost",
                "call:quality|{'metrics':{'audioLevel':'9'}}|audioLevel",
                "call:quality|{'metrics':{'videoResolution':9}}|videoResolution",
                "call:history|{'limit':'9'}|limit",
                "call:history|{'before':'yesterday'}|before",
                "call:history|5|payload"
            })
    void badFieldsAreNamed(String event, String payload, String field) {
        assertThat(node.client("pat/patient").ask(event, payload.replace('\'', '"')))
                .isEqualTo(invalid(field));
    }

    @Test
    void whatIsTooLongIsNamed() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String most = "{\"a\":\"" + "x".repeat(4_088) + "\"}";
        String form = "{\"recipientId\":\"doc\",\"metadata\":%s}";
        String id = text(pat.ask("call:initiate", form.formatted(most)), "callId");
        assertThat(doc.next("call:incoming").get("metadata")).contains(Payload.parse(most));
        assertThat(pat.ask("call:initiate", form.formatted(most.replace("a", "ab"))))
                .isEqualTo(invalid("metadata"));
        String reason = "{\"callId\":\"" + id + "\",\"reason\":\"%s\"}";
        assertThat(doc.ask("call:reject", reason.formatted("x".repeat(201)))).isEqualTo(invalid("reason"));
        assertThat(doc.ask("call:reject", reason.formatted("\\u0000"))).isEqualTo(invalid("reason"));
        assertThat(CallSteps.report(pat, id, most.replace("a", "ab"))).isEqualTo(invalid("metrics"));
        TestNode.assertSuccess(doc.ask("call:reject", reason.formatted("x".repeat(200))));
    }

    @Test
    void liveCallsAreCounted() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        ring(pat, "doc");
        String accepted = talk(doc, pat, "pat");
        pat.ask("call:initiate", "{\"recipientId\":\"cat\",\"callType\":\"video\"}");
        ask(pat, "call:end", ring(pat, "dan"));
        CallStats stats = node.realtime.calls().stats();
        assertThat(stats.total()).isEqualTo(3);
        assertThat(stats.byState()).isEqualTo(Map.of(CallState.RINGING, 2L, CallState.ACCEPTED, 1L));
        assertThat(stats.byType()).isEqualTo(Map.of(CallType.VIDEO, 1L));
        assertThat(node.realtime.calls().find(new CallId(accepted))).isPresent();
    }

    @Test
    void allCallsOfAUserAreEndedAsIfTheUserWereGone() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient cat = node.client("cat/provider");
        String talking = talk(pat, doc, "doc");
        String ringing = ring(cat, "pat");
        node.time.advance(Duration.ofSeconds(42));
        String again = ring(cat, "pat");
        assertThat(node.realtime.calls().endAll(new UserId("pat"))).isEqualTo(2);
        assertThat(doc.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'pat','duration':42,'reason':'disconnect',"
                                + "'timestamp':'2026-11-23T09:16:30.000Z'}",
                        talking));
        assertThat(text(cat.next("call:ended"), "callId")).isEqualTo(again).isNotEqualTo(ringing);
        assertHeard(pat, "call:ended", 0);
        assertThat(node.realtime.calls().endAll(new UserId("pat"))).isZero();
    }

    @Test
    void aUserBeginsSoManyCallsAtOnceAndNoMore() {
        TestClient pat = node.client("pat/patient");
        for (int i = 0; i < CallSettings.DEFAULTS.openPerCaller(); i++) {
            ring(pat, "u" + i);
        }
        assertThat(pat.ask("call:initiate", "{\"recipientId\":\"doc\"}"))
                .isEqualTo(failure("User is busy", "user_busy"));
        TestNode.assertSuccess(node.client("cat/patient").ask("call:initiate", "{\"recipientId\":\"pat\"}"));
    }

    private static Payload invalid(String field) {
        return json("{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'%s'}", field);
    }
}
