package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.failure;
import static dev.realtime.CallSteps.ring;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of two who want to change a call at once one is first, and the other is told what it is then (CONTRACT 5.3). */
class CallRacesTest {
    private static final int ROUNDS = 200;
    private static final Payload TOO_LATE = failure("Cannot accept call in accepted state", "invalid_state");
    private static final Payload GONE = failure("Call not found", "not_found");

    private final TestNode node = new TestNode();
    private final TestClient pat = node.client("pat/patient");
    private final TestClient doc = node.client("doc/provider");
    private final TestClient docsOther = node.client("doc/provider");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void twoDevicesAcceptAndOneWins() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            String id = ring(pat, "doc");
            List<Payload> acks = Races.together(2, racer -> ask(racer == 0 ? doc : docsOther, "call:accept", id));
            assertThat(acks).containsOnlyOnce(TOO_LATE);
            assertThat(acks).filteredOn(CallRacesTest::isSuccess).hasSize(1);
            TestClient loser = acks.get(0).equals(TOO_LATE) ? doc : docsOther;
            assertThat(CallSteps.success(ask(pat, "call:end", id))).isNotNull();
            assertThat(pat.events("call:accepted")).hasSize(round);
            assertThat(loser.events("call:ended"))
                    .filteredOn(event -> event.get("reason").isPresent()
                            && TestNode.text(event, "callId").equals(id))
                    .hasSize(1);
        }
    }

    @Test
    void acceptRejectAndTakingBackAtOnceLeaveOneOutcome() throws Exception {
        Random random = Races.random();
        for (int round = 0; round < ROUNDS; round++) {
            String id = ring(pat, "doc");
            boolean isTakenBack = random.nextBoolean();
            List<Payload> acks = Races.together(
                    2,
                    racer -> racer == 0
                            ? ask(doc, "call:reject", id)
                            : isTakenBack ? ask(pat, "call:end", id) : ask(docsOther, "call:accept", id));
            boolean isRejected = isSuccess(acks.get(0));
            if (isTakenBack) {
                assertThat(acks).containsOnlyOnce(GONE);
                assertThat(isSuccess(acks.get(1))).isNotEqualTo(isRejected);
            } else if (isRejected) {
                assertThat(acks.get(1)).isEqualTo(GONE);
            } else {
                assertThat(acks.get(0)).isEqualTo(failure("Cannot reject call in accepted state", "invalid_state"));
                CallSteps.success(ask(doc, "call:end", id));
            }
        }
        assertThat(node.realtime.calls().stats().total()).isZero();
    }

    @Test
    void anAnswerInTheLastMomentAndTheEndOfRingingLeaveOneOutcome() throws Exception {
        int missed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String id = ring(pat, "doc");
            node.time.advance(Duration.ofMillis(29_999));
            List<Payload> acks = Races.together(2, racer -> {
                if (racer == 0) {
                    return ask(doc, "call:accept", id);
                }
                node.time.advance(Duration.ofMillis(1));
                return Payload.emptyObject();
            });
            if (isSuccess(acks.get(0))) {
                CallSteps.success(ask(pat, "call:end", id));
            } else {
                assertThat(acks.get(0)).isEqualTo(GONE);
                missed++;
            }
            int expected = missed;
            TestNode.soon(() -> pat.events("call:missed").size() == expected);
            pat.settle();
            assertThat(pat.events("call:missed")).hasSize(missed);
            assertThat(pat.events("call:accepted")).hasSize(round + 1 - missed);
        }
    }

    @Test
    void reportsOfBothAtOnceAreAllCounted() throws Exception {
        String id = CallSteps.talk(pat, doc, "doc");
        Races.together(3, racer -> {
            TestClient client = List.of(pat, doc, docsOther).get(racer);
            for (int i = 0; i < ROUNDS; i++) {
                CallSteps.success(CallSteps.report(client, id, "{'latency':500}"));
            }
            return racer;
        });
        ask(pat, "call:end", id);
        assertThat(doc.ask("call:history", "{}")
                        .get("calls")
                        .flatMap(calls -> calls.elements().get(0).get("quality"))
                        .flatMap(quality -> quality.get("reports")))
                .contains(Payload.of(3 * ROUNDS));
        assertThat(pat.events("call:qualityIssue").size()
                        + doc.events("call:qualityIssue").size())
                .isEqualTo(1);
    }

    @Test
    void whoComesWithOneDeviceWhileAnotherGoesIsThere() throws Exception {
        UserId user = new UserId("doc");
        String id = CallSteps.talk(pat, doc, "doc");
        docsOther.lose();
        TestClient there = doc;
        for (int round = 0; round < ROUNDS; round++) {
            TestClient going = there;
            there = Races.together(2, racer -> {
                        if (racer == 0) {
                            going.lose();
                            return going;
                        }
                        return node.client("doc/provider");
                    })
                    .get(1);
            TestNode.soon(() -> node.realtime.sessions().of(user).size() == 1);
        }
        there.settle();
        TestNode.soon(() ->
                node.realtime.calls().find(new CallId(id)).orElseThrow().gone().isEmpty());
        node.time.advance(Duration.ofMinutes(1));
        CallSteps.success(CallSteps.signal(there, id, "offer"));
        assertThat(pat.next("call:signal").get("signalType")).contains(Payload.of("offer"));
    }

    private static boolean isSuccess(Payload ack) {
        return ack.get("success").filter(Payload::asBoolean).isPresent();
    }
}
