package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;

/** What clients do in tests of calls. */
final class CallSteps {
    private CallSteps() {}

    /** Rings, and gives the id of the call. */
    static String ring(TestClient caller, String callee) {
        return text(success(caller.ask("call:initiate", "{\"recipientId\":\"" + callee + "\"}")), "callId");
    }

    /** A call that was answered. */
    static String talk(TestClient caller, TestClient callee, String calleeId) {
        String id = ring(caller, calleeId);
        success(ask(callee, "call:accept", id));
        return id;
    }

    /** Asks for something of which the call's id is all there is to say. */
    static Payload ask(TestClient client, String event, String id) {
        return client.ask(event, "{\"callId\":\"" + id + "\"}");
    }

    static Payload signal(TestClient client, String id, String type) {
        return client.ask(
                "call:signal",
                "{\"callId\":\"" + id + "\",\"signal\":{\"of\":\"" + type + "\"},\"signalType\":\"" + type + "\"}");
    }

    static Payload report(TestClient client, String id, String metrics) {
        return client.ask("call:quality", "{\"callId\":\"" + id + "\",\"metrics\":" + metrics.replace('\'', '"') + "}");
    }

    static Payload success(Payload ack) {
        TestNode.assertSuccess(ack);
        return ack;
    }

    static Payload failure(String error, String code) {
        return TestNode.json("{'success':false,'error':'%s','code':'%s'}", error, code);
    }

    /** Nothing of calls has come to the client since {@code known} events of that name. */
    static void assertHeard(TestClient client, String event, int count) {
        client.settle();
        assertThat(client.events(event)).as(event).hasSize(count);
    }
}
