package dev.realtime;

import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.json.Payload;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.testkit.PlainTestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls over the plain protocol (acceptance scenarios 16 to 18, on one node). */
class PlainCallsTest {
    private final TestNode node = new TestNode();
    private final List<PlainTestClient> clients = new ArrayList<>();
    private final PlainTestClient pat = connected("pat/patient");
    private final PlainTestClient doc = connected("doc/provider");
    private final PlainTestClient docsOther = connected("doc/provider");

    @AfterEach
    void close() {
        clients.forEach(PlainTestClient::lose);
        node.close();
    }

    @Test
    void aCallIsAnsweredSignaledJudgedAndEnded() {
        String id = ring();
        assertThat(text(docsOther.next("call:incoming"), "callId")).isEqualTo(id);
        assertSuccess(doc.ask("call:accept", named(id)));
        assertThat(text(pat.next("call:accepted"), "recipientId")).isEqualTo("doc");
        assertThat(text(docsOther.next("call:ended"), "reason")).isEqualTo("answered_elsewhere");
        for (int i = 0; i < 3; i++) {
            assertSuccess(pat.ask("call:signal", signal(id, "offer")));
            assertSuccess(doc.ask("call:signal", signal(id, "answer")));
            assertThat(text(doc.next("call:signal"), "signalType")).isEqualTo("offer");
            assertThat(text(pat.next("call:signal"), "signalType")).isEqualTo("answer");
        }
        assertSuccess(pat.ask("call:quality", "{\"callId\":\"" + id + "\",\"metrics\":{\"packetsLost\":51}}"));
        assertThat(text(doc.next("call:qualityIssue"), "issue")).isEqualTo("high_packet_loss");
        node.time.advance(Duration.ofSeconds(10));
        assertThat(doc.ask("call:end", named(id)).get("duration")).contains(Payload.of(10));
        assertThat(pat.next("call:ended").get("duration")).contains(Payload.of(10));
        assertThat(text(
                        pat.ask("call:history", "{}")
                                .get("calls")
                                .orElseThrow()
                                .elements()
                                .get(0),
                        "status"))
                .isEqualTo("ended");
    }

    @Test
    void whoIsCutForFifteenSecondsHasEndedTheCall() {
        String id = ring();
        assertSuccess(doc.ask("call:accept", named(id)));
        pat.lose();
        TestNode.soon(() -> node.realtime.sessions().count() == 2);
        TestNode.soon(() -> node.realtime.calls().find(new CallId(id)).stream()
                .anyMatch(call -> !call.gone().isEmpty()));
        node.time.advance(Duration.ofSeconds(15));
        Payload ended = doc.next("call:ended");
        assertThat(text(ended, "reason")).isEqualTo("disconnect");
        assertThat(text(ended, "endedBy")).isEqualTo("pat");
    }

    @Test
    void aCallNobodyAnswersIsMissed() {
        String id = ring();
        node.time.advance(Duration.ofSeconds(30));
        for (PlainTestClient client : clients) {
            assertThat(text(client.next("call:missed"), "callId")).isEqualTo(id);
        }
    }

    private String ring() {
        Payload reply = pat.ask("call:initiate", "{\"recipientId\":\"doc\"}");
        String id = text(reply, "callId");
        assertThat(text(doc.next("call:incoming"), "callId")).isEqualTo(id);
        return id;
    }

    private static String named(String id) {
        return "{\"callId\":\"" + id + "\"}";
    }

    private static String signal(String id, String type) {
        return "{\"callId\":\"" + id + "\",\"signal\":{\"a\":null},\"signalType\":\"" + type + "\"}";
    }

    private static void assertSuccess(Payload reply) {
        assertThat(reply.get("success")).contains(Payload.of(true));
    }

    private PlainTestClient connected(String token) {
        PlainTestClient client =
                PlainTestClient.open(node.realtime.accept(new PlainProtocol(PlainSettings.defaults())));
        clients.add(client);
        client.connect(token);
        return client;
    }
}
