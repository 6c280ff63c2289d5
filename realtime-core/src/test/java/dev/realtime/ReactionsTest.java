package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens in one domain because of something in another. */
class ReactionsTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anAnsweredCallShowsBothAsInCallAndTheirOwnStatusAfterwards() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        ben.ask("presence:setStatus", json("{'status':'busy','customStatus':'mtg'}"));
        String call = ring(ana);
        assertThat(status("ana")).isEqualTo("online");
        ben.ask("call:accept", json("{'callId':'" + call + "'}"));
        assertThat(status("ana")).isEqualTo("in_call");
        assertThat(status("ben")).isEqualTo("in_call");
        ben.ask("call:end", json("{'callId':'" + call + "'}"));
        assertThat(status("ana")).isEqualTo("online");
        assertThat(status("ben")).isEqualTo("busy");
    }

    @Test
    void whoHasASecondCallStaysInCallWhenTheFirstEnds() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        String first = ring(ana);
        String second = ring(ana);
        ben.ask("call:accept", json("{'callId':'" + first + "'}"));
        ben.ask("call:accept", json("{'callId':'" + second + "'}"));
        ana.ask("call:end", json("{'callId':'" + first + "'}"));
        assertThat(status("ben")).isEqualTo("in_call");
        ana.ask("call:end", json("{'callId':'" + second + "'}"));
        assertThat(status("ben")).isEqualTo("online");
    }

    @Test
    void aMissedCallLeavesANotificationForTheCallee() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        String call = ring(ana);
        node.time.advance(Duration.ofSeconds(30));
        ben.next("call:missed");
        Payload notification = ben.next("notification:new");
        assertThat(TestNode.text(notification, "type")).isEqualTo("call_missed");
        Payload data = notification.get("data").orElseThrow();
        assertThat(TestNode.text(data, "callId")).isEqualTo(call);
        assertThat(TestNode.text(data, "callerId")).isEqualTo("ana");
        ben.next("notification:unreadCount");
        assertThat(node.realtime.notifications().unreadCount(new UserId("ana"))).isZero();
    }

    @Test
    void aCallThatIsRejectedOrEndedLeavesNoNotification() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        ben.ask("call:reject", json("{'callId':'" + ring(ana) + "'}"));
        ana.ask("call:end", json("{'callId':'" + ring(ana) + "'}"));
        assertThat(node.realtime.notifications().unreadCount(new UserId("ben"))).isZero();
    }

    @Test
    void anAnsweredCallEndsFifteenSecondsAfterAPartyLostItsLastSession() {
        TestClient ana = node.client("ana/patient");
        TestClient ben = node.client("ben/provider");
        TestClient bensOther = node.client("ben/provider");
        String call = ring(ana);
        ben.ask("call:accept", json("{'callId':'" + call + "'}"));
        ben.lose();
        node.time.advance(Duration.ofSeconds(20));
        assertThat(status("ana")).as("ben has another device").isEqualTo("in_call");
        bensOther.lose();
        TestNode.soon(() -> !node.realtime.presence().isConnected(new UserId("ben")));
        node.time.advance(Duration.ofSeconds(14));
        assertThat(status("ana")).isEqualTo("in_call");
        node.time.advance(Duration.ofSeconds(1));
        Payload ended = ana.next("call:ended");
        assertThat(TestNode.text(ended, "reason")).isEqualTo("disconnect");
        assertThat(TestNode.text(ended, "endedBy")).isEqualTo("ben");
        TestNode.soon(() -> status("ana").equals("online"));
    }

    private String status(String user) {
        return node.realtime
                .presence()
                .find(new UserId(user))
                .orElseThrow()
                .status()
                .name()
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static String ring(TestClient caller) {
        return TestNode.text(caller.ask("call:initiate", json("{'recipientId':'ben'}")), "callId");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
