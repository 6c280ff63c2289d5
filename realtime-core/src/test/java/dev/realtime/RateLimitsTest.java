package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.session.SessionSettings;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final String LEAVE = "{\"roomId\":\"x\"}";
    private static final String HI = "{\"recipientId\":\"ben\",\"message\":\"hi\"}";

    private final TestNode node =
            new TestNode(builder -> builder.settings(TestNode.settings(SessionSettings.Rates.DEFAULTS)));
    private final TestNode onlyMessages =
            new TestNode(builder -> builder.settings(TestNode.settings(new SessionSettings.Rates(0, 0, 20, 40, 0, 0))));

    private final TestNode onlyCalls = new TestNode(
            builder -> builder.settings(TestNode.settings(new SessionSettings.Rates(0, 0, 0, 0, 0, 0, 10))));

    @AfterEach
    void close() {
        node.close();
        onlyCalls.close();
        onlyMessages.close();
    }

    @Test
    void aHundredEventsAtOnceAndFiftyASecond() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/patient");
        for (int i = 0; i < 100; i++) {
            TestNode.assertSuccess(ana.ask("room:leave", LEAVE));
        }
        assertThat(ana.ask("room:leave", LEAVE)).isEqualTo(tooFast(20));
        assertThat(ana.ask("nothing:such", "{}")).isEqualTo(tooFast(20));
        TestNode.assertSuccess(ben.ask("room:leave", LEAVE));
        node.time.advance(Duration.ofMillis(19));
        assertThat(ana.ask("room:leave", LEAVE)).isEqualTo(tooFast(1));
        node.time.advance(Duration.ofMillis(1));
        TestNode.assertSuccess(ana.ask("room:leave", LEAVE));
        assertThat(ana.ask("room:leave", LEAVE)).isEqualTo(tooFast(20));
        node.time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 50; i++) {
            TestNode.assertSuccess(ana.ask("room:leave", LEAVE));
        }
        assertThat(ana.ask("room:leave", LEAVE)).isEqualTo(tooFast(20));
    }

    @Test
    void refusedEventsUseUpTheGeneralBucket() {
        TestClient ana = node.client("ana/patient");
        for (int i = 0; i < 100; i++) {
            ana.ask(i % 2 == 0 ? "nothing:such" : "room:join", "{}");
        }
        assertThat(ana.ask("room:leave", LEAVE)).isEqualTo(tooFast(20));
    }

    @Test
    void fortyMessagesAtOnceForAllSessionsOfAUser() {
        TestClient first = onlyMessages.client("ana/patient");
        TestClient second = onlyMessages.client("ana/patient");
        TestClient ben = onlyMessages.client("ben/patient");
        for (int i = 0; i < 20; i++) {
            TestNode.assertSuccess(first.ask("message:send", HI));
            TestNode.assertSuccess(second.ask("message:send", HI));
        }
        assertThat(first.ask("message:send", HI)).isEqualTo(tooFast(50));
        assertThat(second.ask("message:send", HI)).isEqualTo(tooFast(50));
        TestNode.assertSuccess(ben.ask("message:send", HI));
        TestNode.assertSuccess(first.ask("message:history", "{\"recipientId\":\"ben\"}"));
        onlyMessages.time.advance(Duration.ofMillis(50));
        TestNode.assertSuccess(second.ask("message:send", HI));
        assertThat(first.ask("message:send", HI)).isEqualTo(tooFast(50));
    }

    @Test
    void tenCallsAMinuteForAllSessionsOfAUser() {
        TestClient first = onlyCalls.client("ana/patient");
        TestClient second = onlyCalls.client("ana/patient");
        for (int i = 0; i < 5; i++) {
            CallSteps.ask(first, "call:end", CallSteps.ring(first, "ben"));
            CallSteps.ring(second, "cat");
        }
        assertThat(first.ask("call:initiate", "{\"recipientId\":\"ben\"}")).isEqualTo(tooFast(6_000));
        assertThat(second.ask("call:initiate", "{}")).isEqualTo(tooFast(6_000));
        CallSteps.ring(onlyCalls.client("ben/patient"), "ana");
        onlyCalls.time.advance(Duration.ofSeconds(6));
        CallSteps.ring(second, "ben");
        assertThat(first.ask("call:initiate", "{\"recipientId\":\"ben\"}")).isEqualTo(tooFast(6_000));
    }

    @Test
    void callsThatAreRefusedDoNotUseUpTheirBucket() {
        TestClient ana = onlyCalls.client("ana/patient");
        for (int i = 0; i < 15; i++) {
            ana.ask("call:initiate", i % 2 == 0 ? "{\"recipientId\":\"ana\"}" : "5");
        }
        for (int i = 0; i < 10; i++) {
            CallSteps.ring(ana, "ben");
        }
        assertThat(ana.ask("call:initiate", "{\"recipientId\":\"ben\"}")).isEqualTo(tooFast(6_000));
    }

    @Test
    void refusedMessagesDoNotUseUpTheirBucketAndRetriesDo() {
        TestClient ana = onlyMessages.client("ana/patient");
        for (int i = 0; i < 200; i++) {
            ana.ask("message:send", "{}");
            ana.ask("message:send", "{\"roomId\":\"user:x\",\"message\":\"a\"}");
        }
        for (int i = 0; i < 40; i++) {
            TestNode.assertSuccess(
                    ana.ask("message:send", "{\"recipientId\":\"ben\",\"message\":\"a\",\"clientMessageId\":\"c\"}"));
        }
        assertThat(ana.ask("message:send", "{}")).isEqualTo(tooFast(50));
    }

    @Test
    void fiveHundredRefusalsInTenSecondsEndTheSessionAndNoOther() {
        TestClient eve = node.client("eve/patient");
        TestClient ana = node.client("ana/patient");
        for (int i = 0; i < 599; i++) {
            eve.tell("nothing:such", "{}");
        }
        assertThat(eve.isClosed()).isFalse();
        for (int i = 0; i < 50; i++) {
            eve.tell("nothing:such", "{}");
        }
        assertThat(eve.closed()).isEqualTo(CloseReason.RATE);
        assertThat(eve.packets()).contains("41");
        TestNode.assertSuccess(ana.ask("room:leave", LEAVE));
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
    }

    @Test
    void refusalsThatAreSpreadEndNothing() {
        TestClient eve = node.client("eve/patient");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 550; i++) {
                eve.tell("nothing:such", "{}");
            }
            node.time.advance(Duration.ofMillis(10_001));
        }
        eve.settle();
        assertThat(eve.isClosed()).isFalse();
    }

    @Test
    void tenSecondsAreAnyTenSeconds() {
        TestClient eve = node.client("eve/patient");
        for (int i = 0; i < 350; i++) {
            eve.tell("nothing:such", "{}");
        }
        node.time.advance(Duration.ofSeconds(9));
        for (int i = 0; i < 340; i++) {
            eve.tell("nothing:such", "{}");
        }
        assertThat(eve.isClosed()).isFalse();
        node.time.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 360; i++) {
            eve.tell("nothing:such", "{}");
        }
        assertThat(eve.closed()).isEqualTo(CloseReason.RATE);
    }

    @Test
    void whoConnectsAgainAndAgainIsDisconnected() {
        TestClient eve = node.client("eve/patient");
        for (int i = 0; i < 500; i++) {
            eve.send("40/nothing");
        }
        assertThat(eve.closed()).isEqualTo(CloseReason.RATE);
        assertThat(eve.packets()).contains("41");
        assertThat(node.realtime.sessions().count()).isZero();
    }

    private static Payload tooFast(long retryAfterMs) {
        return json(
                "{'success':false,'error':'Rate limit exceeded','code':'rate_limited','retryAfterMs':%s}",
                retryAfterMs);
    }
}
