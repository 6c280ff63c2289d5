package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.failure;
import static dev.realtime.CallSteps.ring;
import static dev.realtime.CallSteps.signal;
import static dev.realtime.CallSteps.success;
import static dev.realtime.CallSteps.talk;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import dev.realtime.call.memory.InMemoryCallRecords;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are over (CONTRACT 5.4), also while their store is away (5.3, "where"). */
class CallHistoryTest {
    private static final Duration RETRY = Duration.ofSeconds(20);

    private final InMemoryCallStore store = new InMemoryCallStore();
    private final InMemoryCallRecords kept = new InMemoryCallRecords();
    private volatile boolean isAway;
    private final TestNode node =
            new TestNode(builder -> builder.callStore(store).callRecords(new CallRecords() {
                @Override
                public void save(CallRecord record) {
                    requireThere();
                    kept.save(record);
                }

                @Override
                public List<CallRecord> history(UserId user, Instant before, int limit) {
                    requireThere();
                    return kept.history(user, before, limit);
                }
            }));
    private final TestClient pat = node.client("pat/patient");
    private final TestClient doc = node.client("doc/provider");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theNewestComeFirstAndPagesGoOn() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            TestClient caller = i % 2 == 0 ? pat : doc;
            String id = ring(caller, i % 2 == 0 ? "doc" : "pat");
            ask(caller, "call:end", id);
            ids.add(id);
            node.time.advance(Duration.ofMillis(1));
        }
        ask(node.client("eve/patient"), "call:end", ring(doc, "cat"));
        Collections.reverse(ids);
        List<String> read = new ArrayList<>();
        Payload page = pat.ask("call:history", "{\"limit\":3}");
        for (int pages = 1; ; pages++) {
            List<Payload> calls = page.get("calls").orElseThrow().elements();
            calls.forEach(call -> read.add(text(call, "callId")));
            boolean hasMore = page.get("hasMore").orElseThrow().asBoolean();
            assertThat(hasMore).isEqualTo(pages < 3);
            if (!hasMore) {
                break;
            }
            String before = text(calls.get(calls.size() - 1), "startedAt");
            page = pat.ask("call:history", "{\"limit\":3,\"before\":\"" + before + "\"}");
        }
        assertThat(read).isEqualTo(ids);
    }

    @Test
    void aPageDoesNotSplitTheCallsOfOneMillisecond() {
        for (int i = 0; i < 5; i++) {
            ask(pat, "call:end", ring(pat, "doc"));
        }
        node.time.advance(Duration.ofMillis(1));
        ask(pat, "call:end", ring(pat, "doc"));
        Payload page = doc.ask("call:history", "{\"limit\":2}");
        assertThat(page.get("calls").orElseThrow().elements()).hasSize(6);
        assertThat(page.get("hasMore")).contains(Payload.of(false));
        Payload newest = doc.ask("call:history", "{\"limit\":1}");
        assertThat(newest.get("calls").orElseThrow().elements()).hasSize(1);
        assertThat(newest.get("hasMore")).contains(Payload.of(true));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,1", "1,1", "2.9,2", "3,3", "10000,3"})
    void theLimitIsClamped(String limit, int found) {
        for (int i = 0; i < 3; i++) {
            ask(pat, "call:end", ring(pat, "doc"));
            node.time.advance(Duration.ofMillis(1));
        }
        assertThat(pat.ask("call:history", "{\"limit\":" + limit + "}")
                        .get("calls")
                        .orElseThrow()
                        .elements())
                .hasSize(found);
    }

    @Test
    void aRejectedCallIsKeptWithItsReason() {
        String id = ring(pat, "doc");
        node.time.advance(Duration.ofSeconds(2));
        doc.ask("call:reject", "{\"callId\":\"" + id + "\",\"reason\":\"busy\"}");
        assertThat(pat.ask("call:history", "{}"))
                .isEqualTo(TestNode.json(
                        "{'success':true,'calls':[{'callId':'%s','callerId':'pat','recipientId':'doc',"
                                + "'status':'rejected','startedAt':'2026-11-23T09:15:48.000Z',"
                                + "'endedAt':'2026-11-23T09:15:50.000Z','duration':0,'reason':'busy'}],'hasMore':false}",
                        id));
    }

    @Test
    void strangersAndLiveCallsAreNotInIt() {
        talk(pat, doc, "doc");
        ask(pat, "call:end", ring(pat, "doc"));
        assertThat(pat.ask("call:history", "{}").get("calls").orElseThrow().elements())
                .hasSize(1);
        assertThat(node.client("eve/admin").ask("call:history", "{}"))
                .isEqualTo(TestNode.json("{'success':true,'calls':[],'hasMore':false}"));
    }

    @Test
    void callsGoOnWhileTheirRecordsCannotBeStoredAndNoneIsLost() {
        isAway = true;
        String id = talk(pat, doc, "doc");
        success(signal(pat, id, "offer"));
        doc.next("call:signal");
        success(ask(pat, "call:end", id));
        doc.next("call:ended");
        assertThat(ask(doc, "call:end", id)).isEqualTo(failure("Call not found", "not_found"));
        assertThat(doc.ask("call:history", "{}")).isEqualTo(failure("Failed to fetch call history", "unavailable"));
        assertThat(node.realtime.calls().stats().total()).isZero();
        node.time.advance(RETRY);
        node.time.advance(RETRY);
        isAway = false;
        assertThat(text(
                        doc.ask("call:history", "{}")
                                .get("calls")
                                .orElseThrow()
                                .elements()
                                .get(0),
                        "callId"))
                .isEqualTo(id);
        TestNode.soonAsTimePasses(
                node.time,
                RETRY,
                () -> !kept.history(new UserId("pat"), Instant.MAX, 1).isEmpty());
        TestNode.soon(() -> store.callsOf(new UserId("pat")).isEmpty());
        assertThat(doc.ask("call:history", "{}").get("calls").orElseThrow().elements())
                .hasSize(1);
    }

    @Test
    void aRecordThatCannotBeStoredForAnHourIsGivenUp() {
        isAway = true;
        ask(pat, "call:end", ring(pat, "doc"));
        TestNode.soon(() -> store.callsOf(new UserId("pat")).size() == 1);
        TestNode.soon(() -> {
            node.time.advance(Duration.ofMinutes(10));
            return store.callsOf(new UserId("pat")).isEmpty();
        });
        assertThat(node.time.instant()).isAfterOrEqualTo(Instant.parse("2026-11-23T10:15:48Z"));
    }

    private void requireThere() {
        if (isAway) {
            throw new StoreException("the records are away");
        }
    }
}
