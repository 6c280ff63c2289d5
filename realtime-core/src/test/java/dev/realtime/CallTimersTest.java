package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.assertHeard;
import static dev.realtime.CallSteps.failure;
import static dev.realtime.CallSteps.ring;
import static dev.realtime.CallSteps.success;
import static dev.realtime.CallSteps.talk;
import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.CallState;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.json.Payload;
import dev.realtime.presence.FragilePresenceStore;
import dev.realtime.presence.InMemoryPresenceStore;
import dev.realtime.presence.PresenceSettings;
import dev.realtime.session.Session;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What time alone does to a call (CONTRACT 5.3). */
class CallTimersTest {
    private static final Duration RING = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final InMemoryCallStore store = new InMemoryCallStore();
    private final TestNode node = new TestNode(builder -> builder.callStore(store));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aCallNobodyAnswersIsMissedByBothAfter30Seconds() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient docsOther = node.client("doc/provider");
        String id = ring(pat, "doc");
        node.time.advance(RING.minus(INSTANT));
        assertHeard(pat, "call:missed", 0);
        node.time.advance(INSTANT);
        assertThat(pat.next("call:missed"))
                .isEqualTo(json("{'callId':'%s','recipientId':'doc','timestamp':'2026-11-23T09:16:18.000Z'}", id));
        for (TestClient device : new TestClient[] {doc, docsOther}) {
            assertThat(device.next("call:missed"))
                    .isEqualTo(json("{'callId':'%s','callerId':'pat','timestamp':'2026-11-23T09:16:18.000Z'}", id));
        }
        node.time.advance(Duration.ofMinutes(2));
        assertHeard(pat, "call:missed", 1);
        assertHeard(doc, "call:missed", 1);
        assertHeard(pat, "call:ended", 0);
        assertThat(pat.ask("call:history", "null"))
                .isEqualTo(json(
                        "{'success':true,'calls':[{'callId':'%s','callerId':'pat','recipientId':'doc',"
                                + "'status':'missed','startedAt':'2026-11-23T09:15:48.000Z',"
                                + "'endedAt':'2026-11-23T09:16:18.000Z','duration':0}],'hasMore':false}",
                        id));
    }

    @Test
    void anOfflineCalleeIsRungForTheWholeTime() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        ring(pat, "doc");
        lose(doc, "doc");
        node.time.advance(RING.minus(INSTANT));
        assertHeard(pat, "call:ended", 0);
        node.time.advance(INSTANT);
        pat.next("call:missed");
    }

    @Test
    void anAnsweredCallIsInProgressAfterASecondAndNobodyIsTold() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = talk(pat, doc, "doc");
        pat.settle();
        int heard = pat.events().size();
        node.time.advance(Duration.ofMillis(999));
        pat.settle();
        assertThat(state(id)).isEqualTo(CallState.ACCEPTED);
        node.time.advance(INSTANT);
        TestNode.soon(() -> state(id) == CallState.IN_PROGRESS);
        pat.settle();
        assertThat(pat.events()).hasSize(heard);
        node.time.advance(Duration.ofHours(3));
        pat.settle();
        assertThat(state(id)).isEqualTo(CallState.IN_PROGRESS);
    }

    @Test
    void aPartyThatIsGoneForFifteenSecondsHasEndedTheCall() {
        for (String gone : new String[] {"pat", "doc"}) {
            TestClient pat = node.client("pat/patient");
            TestClient doc = node.client("doc/provider");
            String id = talk(pat, doc, "doc");
            node.time.advance(Duration.ofSeconds(27));
            TestClient stays = gone.equals("pat") ? doc : pat;
            lose(gone.equals("pat") ? pat : doc, gone);
            node.time.advance(GRACE.minus(INSTANT));
            assertHeard(stays, "call:ended", 0);
            node.time.advance(INSTANT);
            Payload ended = stays.next("call:ended");
            assertThat(ended)
                    .isEqualTo(json(
                            "{'callId':'%s','endedBy':'%s','duration':42,'reason':'disconnect','timestamp':'%s'}",
                            id, gone, text(ended, "timestamp")));
            node.time.advance(Duration.ofMinutes(1));
            assertHeard(stays, "call:ended", 1);
            lose(stays, gone.equals("pat") ? "doc" : "pat");
        }
    }

    @Test
    void aPartyThatIsBackInTimeGoesOn() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = talk(pat, doc, "doc");
        lose(doc, "doc");
        node.time.advance(Duration.ofSeconds(10));
        TestClient back = node.client("doc/provider");
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(pat, "call:ended", 0);
        awaitNobodyGone(id);
        lose(back, "doc");
        node.time.advance(GRACE.minus(INSTANT));
        assertHeard(pat, "call:ended", 0);
        node.time.advance(INSTANT);
        assertThat(text(pat.next("call:ended"), "callId")).isEqualTo(id);
    }

    @Test
    void aPartyThatIsBackInTimeGoesOnHoweverLateThePresenceStoreHearsOfIt() {
        FragilePresenceStore presence = new FragilePresenceStore();
        try (TestNode slow = new TestNode(builder -> builder.presence(presence))) {
            TestClient pat = slow.client("pat/patient");
            TestClient doc = slow.client("doc/provider");
            CallId id = new CallId(talk(pat, doc, "doc"));
            slow.lose(doc);
            TestNode.soon(
                    () -> slow.realtime.calls().find(id).orElseThrow().gone().containsKey(new UserId("doc")));
            presence.hold();
            slow.time.advance(GRACE.minus(INSTANT));
            TestClient back = slow.client("doc/provider");
            slow.time.advance(INSTANT);
            // Whoever looked at the call has noted that the party is there.
            TestNode.soon(() -> slow.time
                    .instant()
                    .equals(slow.realtime.calls().find(id).orElseThrow().gone().get(new UserId("doc"))));
            assertHeard(pat, "call:ended", 0);
            presence.letGo();
            TestNode.soon(
                    () -> slow.realtime.calls().find(id).orElseThrow().gone().isEmpty());
            slow.time.advance(Duration.ofMinutes(1));
            assertHeard(pat, "call:ended", 0);
            success(ask(back, "call:end", id.value()));
        }
    }

    @Test
    void aPartyOnAnotherNodeIsThereWhateverWasToldOfIt() {
        InMemoryPresenceStore presence = new InMemoryPresenceStore();
        PresenceSettings usual = PresenceSettings.DEFAULTS;
        // Time moves faster than beats are told on a busy machine.
        PresenceSettings patient = new PresenceSettings(
                usual.grace(),
                usual.coalescing(),
                usual.beat(),
                Duration.ofHours(1),
                usual.retention(),
                usual.perSession());
        UnaryOperator<RealtimeBuilder> shared = builder -> builder.presence(presence)
                .clocks(node.time, node.time)
                .settings(TestNode.settings(TestNode.UNLIMITED).with(patient));
        UserId user = new UserId("doc");
        try (TestNode one = new TestNode(builder -> shared.apply(builder).nodeId("one"));
                TestNode two = new TestNode(builder -> shared.apply(builder).nodeId("two"))) {
            TestClient pat = one.client("pat/patient");
            TestClient doc = one.client("doc/provider");
            CallId id = new CallId(talk(pat, doc, "doc"));
            two.client("doc/provider").settle();
            assertThat(two.realtime.presence().isConnected(user)).isTrue();
            one.lose(doc);
            // The nodes have calls of their own, so those of the first hear nothing of the second.
            one.realtime.calls().lost(user, node.time.instant());
            node.time.advance(Duration.ofMinutes(1));
            TestNode.soon(() -> !node.time
                    .instant()
                    .minus(GRACE)
                    .isAfter(one.realtime.calls().find(id).orElseThrow().gone().getOrDefault(user, Instant.MIN)));
            assertHeard(pat, "call:ended", 0);
            assertThat(one.realtime.calls().find(id)).isPresent();
            two.realtime.sessions().of(user).forEach(Session::disconnect);
            TestNode.soon(() -> !one.realtime.presence().isConnected(user));
            node.time.advance(GRACE.multipliedBy(2));
            assertThat(text(pat.next("call:ended"), "reason")).isEqualTo("disconnect");
            assertThat(one.realtime.calls().find(id)).isEmpty();
        }
    }

    @Test
    void whoHasAnotherDeviceIsNotGone() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        TestClient docsOther = node.client("doc/provider");
        talk(pat, doc, "doc");
        node.lose(doc);
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(pat, "call:ended", 0);
        docsOther.settle();
    }

    @Test
    void aCallerThatIsGoneWhileItRingsHasEndedTheCall() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = ring(pat, "doc");
        node.time.advance(Duration.ofSeconds(10));
        lose(pat, "pat");
        node.time.advance(GRACE);
        assertThat(doc.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'pat','duration':0,'reason':'disconnect',"
                                + "'timestamp':'2026-11-23T09:16:13.000Z'}",
                        id));
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(doc, "call:missed", 0);
    }

    @Test
    void ofTheEndOfRingingAndTheCallersGraceTheEarlierWins() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        ring(pat, "doc");
        node.time.advance(Duration.ofMillis(15_001));
        lose(pat, "pat");
        node.time.advance(GRACE.minus(INSTANT));
        doc.next("call:missed");
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(doc, "call:ended", 0);
    }

    @Test
    void aCallThatWasAnsweredInTheLastMomentIsNotMissed() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        String id = ring(pat, "doc");
        node.time.advance(RING.minus(INSTANT));
        success(ask(doc, "call:accept", id));
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(pat, "call:missed", 0);
        assertHeard(doc, "call:missed", 0);
        success(ask(pat, "call:end", id));
    }

    @Test
    void aCalleeWhoWasAwayWhileItRangIsThereOnceItAnswers() {
        TestClient pat = node.client("pat/patient");
        lose(node.client("doc/provider"), "doc");
        String id = ring(pat, "doc");
        node.realtime.calls().lost(new UserId("doc"), node.time.instant());
        node.time.advance(Duration.ofSeconds(16));
        TestClient doc = node.client("doc/provider");
        success(ask(doc, "call:accept", id));
        node.time.advance(Duration.ofMinutes(1));
        assertHeard(pat, "call:ended", 0);
    }

    @Test
    void whenBothAreGoneTheCallIsOverAndKept() {
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        talk(pat, doc, "doc");
        node.time.advance(Duration.ofSeconds(5));
        lose(doc, "doc");
        lose(pat, "pat");
        node.time.advance(GRACE);
        TestNode.soon(() -> node.realtime.calls().stats().total() == 0);
        Payload record = node.client("pat/patient")
                .ask("call:history", "{}")
                .get("calls")
                .orElseThrow()
                .elements()
                .get(0);
        assertThat(text(record, "reason")).isEqualTo("disconnect");
        assertThat(text(record, "duration")).isEqualTo("20");
    }

    @Test
    void anotherNodeFindsTheDeadlinesOfOneThatIsLost() {
        try (TestNode lost = new TestNode(builder -> builder.callStore(store))) {
            // Its own clock stands still, so it never looks at its calls again.
            TestClient doc = node.client("doc/provider");
            String id = ring(lost.client("pat/patient"), "doc");
            node.time.advance(RING.minus(INSTANT));
            assertHeard(doc, "call:missed", 0);
            node.time.advance(Duration.ofSeconds(5));
            assertThat(text(doc.next("call:missed"), "callId")).isEqualTo(id);
            lost.time.advance(Duration.ofMinutes(1));
            node.time.advance(Duration.ofMinutes(1));
            assertHeard(doc, "call:missed", 1);
            assertThat(ask(doc, "call:accept", id)).isEqualTo(failure("Call not found", "not_found"));
        }
    }

    private CallState state(String id) {
        return node.realtime.calls().find(new CallId(id)).orElseThrow().state();
    }

    private void awaitNobodyGone(String id) {
        TestNode.soon(() ->
                node.realtime.calls().find(new CallId(id)).orElseThrow().gone().isEmpty());
    }

    /** Breaks the user's last connection and waits until calls know of it. */
    private void lose(TestClient client, String user) {
        client.settle();
        TestNode.soon(() -> node.realtime.presence().isConnected(new UserId(user)));
        node.lose(client);
        TestNode.soon(() -> node.realtime.sessions().of(new UserId(user)).isEmpty()
                && node.realtime.calls().open(new UserId(user)).stream()
                        .allMatch(call -> call.gone().containsKey(new UserId(user))));
    }
}
