package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.assertHeard;
import static dev.realtime.CallSteps.failure;
import static dev.realtime.CallSteps.report;
import static dev.realtime.CallSteps.ring;
import static dev.realtime.CallSteps.signal;
import static dev.realtime.CallSteps.success;
import static dev.realtime.CallSteps.talk;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.call.CallSettings;
import dev.realtime.call.CallSettings.BusyPolicy;
import dev.realtime.json.Payload;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ring whom and do what with a call (CONTRACT 5.1, 5.3). */
class CallRightsTest {
    private static final Payload BUSY = failure("User is busy", "user_busy");

    private final TestNode node = new TestNode(builder -> builder.callPolicy((caller, callee) -> {
        if (callee.value().equals("broken")) {
            throw new IllegalStateException("the policy is broken");
        }
        return !callee.value().equals("shy");
    }));
    private final TestNode refusing = new TestNode(builder -> builder.settings(
            TestNode.settings(TestNode.UNLIMITED).with(CallSettings.DEFAULTS.with(BusyPolicy.REFUSE))));

    @AfterEach
    void close() {
        node.close();
        refusing.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|recipientId is required|missing_field",
                "{'recipientId':null,'callType':'video'}|recipientId is required|missing_field",
                "{'recipientId':'pat'}|Cannot call yourself|self_call",
                "{'recipientId':'pat','visitId':'v1'}|Cannot call yourself|self_call",
                "{'recipientId':'shy'}|Access denied to this user|access_denied",
                "{'recipientId':'broken'}|Access denied to this user|access_denied",
                "{'recipientId':'eve','visitId':'v1'}|Access denied to this visit|access_denied",
                "{'recipientId':'doc','visitId':'v2'}|Access denied to this visit|access_denied",
                "{'recipientId':'doc','visitId':'none'}|Access denied to this visit|access_denied"
            },
            quoteCharacter = '`')
    void nobodyRingsWithoutTheRight(String payload, String error, String code) {
        visits();
        TestClient pat = node.client("pat/patient");
        assertThat(pat.ask("call:initiate", payload.replace('\'', '"'))).isEqualTo(failure(error, code));
        assertThat(node.realtime.calls().stats().total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pat/patient,doc,v1", "doc/provider,pat,v1", "adm/admin,pat,v1", "sup/super_admin,doc,v1"})
    void whoTakesPartInTheVisitAndAdminsRingItsParticipants(String caller, String callee, String visit) {
        visits();
        success(node.client(caller)
                .ask("call:initiate", "{\"recipientId\":\"" + callee + "\",\"visitId\":\"" + visit + "\"}"));
    }

    @Test
    void thePolicyIsNotAskedAboutThoseOfAVisit() {
        node.visit("v3", "pat", "shy");
        success(node.client("pat/patient").ask("call:initiate", "{\"recipientId\":\"shy\",\"visitId\":\"v3\"}"));
    }

    @Test
    void anAdminRingsNobodyOutsideOfTheVisit() {
        visits();
        assertThat(node.client("adm/admin").ask("call:initiate", "{\"recipientId\":\"eve\",\"visitId\":\"v1\"}"))
                .isEqualTo(failure("Access denied to this visit", "access_denied"));
    }

    @Test
    void aStrangerChangesNothing() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient eve = node.client("eve/admin");
        String ringing = ring(pat, "doc");
        String talking = talk(pat, doc, "doc");
        for (String id : List.of(ringing, talking)) {
            assertThat(ask(eve, "call:accept", id))
                    .isEqualTo(failure("Not authorized to accept this call", "not_a_party"));
            assertThat(ask(eve, "call:reject", id))
                    .isEqualTo(failure("Not authorized to reject this call", "not_a_party"));
            assertThat(ask(eve, "call:end", id)).isEqualTo(failure("Not authorized to end this call", "not_a_party"));
            assertThat(signal(eve, id, "offer"))
                    .isEqualTo(failure("Not authorized to signal in this call", "not_a_party"));
            assertThat(report(eve, id, "{'latency':900}"))
                    .isEqualTo(failure("Not authorized to report on this call", "not_a_party"));
        }
        for (String event : List.of("call:ended", "call:signal", "call:qualityIssue", "call:rejected")) {
            assertHeard(pat, event, 0);
            assertHeard(doc, event, 0);
        }
        success(ask(doc, "call:accept", ringing));
        success(ask(doc, "call:end", talking));
    }

    @Test
    void aCallerNeitherAcceptsNorRejects() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String ringing = ring(pat, "doc");
        String talking = talk(pat, doc, "doc");
        for (String id : List.of(ringing, talking)) {
            assertThat(ask(pat, "call:accept", id))
                    .isEqualTo(failure("Not authorized to accept this call", "not_a_party"));
            assertThat(ask(pat, "call:reject", id))
                    .isEqualTo(failure("Not authorized to reject this call", "not_a_party"));
        }
    }

    @Test
    void aPartySignalsTheOtherAndNobodyElse() {
        TestClient pat = node.client("pat/patient");
        TestClient eve = node.client("eve/provider");
        String id = ring(pat, "doc");
        for (String recipient : List.of("eve", "pat")) {
            assertThat(pat.ask(
                            "call:signal",
                            "{\"callId\":\"" + id + "\",\"signal\":1,\"signalType\":\"offer\",\"recipientId\":\""
                                    + recipient + "\"}"))
                    .isEqualTo(failure("Not authorized to signal in this call", "not_a_party"));
        }
        assertHeard(eve, "call:signal", 0);
        assertHeard(pat, "call:signal", 0);
    }

    @Test
    void anAnsweredCallIsNeitherAcceptedNorRejectedAgain() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = talk(pat, doc, "doc");
        assertThat(ask(doc, "call:accept", id))
                .isEqualTo(failure("Cannot accept call in accepted state", "invalid_state"));
        assertThat(ask(doc, "call:reject", id))
                .isEqualTo(failure("Cannot reject call in accepted state", "invalid_state"));
        node.time.advance(Duration.ofSeconds(1));
        TestNode.soon(() -> ask(doc, "call:accept", id)
                .equals(failure("Cannot accept call in in_progress state", "invalid_state")));
        assertThat(ask(doc, "call:reject", id))
                .isEqualTo(failure("Cannot reject call in in_progress state", "invalid_state"));
        success(ask(doc, "call:end", id));
    }

    @Test
    void everybodyIsRungAsLongAsThatIsThePolicy() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient cat = node.client("cat/patient");
        talk(pat, doc, "doc");
        ring(cat, "doc");
        ring(cat, "doc");
        ring(doc, "cat");
        doc.next("call:incoming");
        doc.next("call:incoming");
        doc.next("call:incoming");
    }

    @Test
    void whoTalksIsBusyAndWhoOnlyRingsIsNot() {
        TestClient pat = refusing.client("pat/patient");
        TestClient doc = refusing.client("doc/provider");
        TestClient cat = refusing.client("cat/patient");
        String id = ring(pat, "doc");
        String other = ring(cat, "doc");
        success(ask(doc, "call:accept", id));
        assertThat(cat.ask("call:initiate", "{\"recipientId\":\"pat\"}")).isEqualTo(BUSY);
        assertThat(cat.ask("call:initiate", "{\"recipientId\":\"doc\"}")).isEqualTo(BUSY);
        refusing.time.advance(Duration.ofSeconds(1));
        assertThat(cat.ask("call:initiate", "{\"recipientId\":\"pat\"}")).isEqualTo(BUSY);
        success(ask(doc, "call:end", id));
        success(ask(cat, "call:end", other));
        success(cat.ask("call:initiate", "{\"recipientId\":\"doc\"}"));
    }

    @Test
    void ofTwoCallsBetweenTheSameTwoTheLaterIsBusy() {
        TestClient pat = refusing.client("pat/patient");
        TestClient doc = refusing.client("doc/provider");
        String id = ring(pat, "doc");
        assertThat(doc.ask("call:initiate", "{\"recipientId\":\"pat\"}")).isEqualTo(BUSY);
        assertThat(pat.ask("call:initiate", "{\"recipientId\":\"doc\"}")).isEqualTo(BUSY);
        assertHeard(pat, "call:incoming", 0);
        ask(doc, "call:reject", id);
        success(doc.ask("call:initiate", "{\"recipientId\":\"pat\"}"));
    }

    @Test
    void whenBothRingAtOnceOneRingsAndOneIsBusy() throws Exception {
        TestClient pat = refusing.client("pat/patient");
        TestClient doc = refusing.client("doc/provider");
        for (int round = 0; round < 100; round++) {
            List<Payload> acks = Races.together(
                    2,
                    racer -> racer == 0
                            ? pat.ask("call:initiate", "{\"recipientId\":\"doc\"}")
                            : doc.ask("call:initiate", "{\"recipientId\":\"pat\"}"));
            assertThat(acks).containsOnlyOnce(BUSY);
            TestClient winner = acks.get(0).equals(BUSY) ? doc : pat;
            String id = text(acks.get(winner == pat ? 0 : 1), "callId");
            success(ask(winner, "call:end", id));
            assertThat(pat.events("call:incoming").size()
                            + doc.events("call:incoming").size())
                    .isEqualTo(round + 1);
        }
    }

    private void visits() {
        node.visit("v1", "pat", "doc");
        node.visit("v2", "cat", "dan");
    }
}
