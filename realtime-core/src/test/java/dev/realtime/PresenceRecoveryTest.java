package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import dev.realtime.presence.Availability;
import dev.realtime.presence.FragilePresenceStore;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client that comes back to its session knows of those it watches (CONTRACT 1.8). */
class PresenceRecoveryTest {
    private static final UserId BEN = new UserId("ben");
    private static final String ROOM = "chat:ana:ben";

    private final FragilePresenceStore store = new FragilePresenceStore();
    private final Set<UserId> hidden = ConcurrentHashMap.newKeySet();
    private final TestNode node = new TestNode(choices -> choices.presence(store)
            .presencePolicy((who, other) -> !hidden.contains(other))
            .settings(TestNode.settings(TestNode.sessions(TestNode.UNLIMITED), RecoverySettings.DEFAULTS)));
    private final TestClient ben = node.clientIn(ROOM, "ben/provider");

    @AfterEach
    void stop() {
        store.isAway = false;
        node.close();
    }

    @Test
    void afterWhatItMissedItIsToldHowThoseAreSeenWhomItWatches() {
        Watcher ana = new Watcher();
        node.lose(ana.client);
        node.time.advance(Duration.ofSeconds(1));
        setStatus("first");
        node.time.advance(Duration.ofSeconds(1));
        setStatus("second");
        say("missed");
        say("missed, too");
        TestClient back = ana.resume();
        assertThat(back.next("presence:initial")).isEqualTo(seen(50, "second"));
        assertThat(back.events())
                .extracting(TestClient.Event::name)
                .containsExactly("connected", "message:new", "message:new", "presence:initial");
        node.time.advance(Duration.ofSeconds(1));
        setStatus("live");
        assertThat(text(back.next("presence:changed"), "customStatus")).isEqualTo("live");
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo(1);
    }

    @Test
    void whoComesBackBeforeAnybodyNoticedIsToldToo() {
        Watcher ana = new Watcher();
        TestClient back = ana.resume();
        assertThat(text(
                        back.next("presence:initial")
                                .get("presences")
                                .orElseThrow()
                                .elements()
                                .get(0),
                        "userId"))
                .isEqualTo("ben");
        assertThat(node.realtime.presence().isConnected(new UserId("ana"))).isTrue();
    }

    @Test
    void aSecondReturnIsToldWhatHoldsThen() {
        Watcher ana = new Watcher();
        node.lose(ana.client);
        TestClient once = ana.resume();
        once.next("presence:initial");
        node.lose(once);
        node.time.advance(Duration.ofSeconds(1));
        setStatus("newest");
        TestClient twice = ana.resume();
        twice.next("presence:initial");
        assertThat(twice.next("presence:initial")).isEqualTo(seen(49, "newest"));
    }

    @Test
    void whoIsHiddenFromItByNowIsWatchedNoLonger() {
        Watcher ana = new Watcher();
        ana.client.ask("presence:subscribe", "{\"userIds\":[\"ana\"]}");
        node.lose(ana.client);
        hidden.add(BEN);
        TestClient back = ana.resume();
        back.next("presence:initial");
        Payload last = back.next("presence:initial");
        assertThat(last.toString()).contains("\"ana\"").doesNotContain("\"ben\"");
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo(1);
    }

    @Test
    void whileTheStoreIsAwayItIsBackAllTheSameAndToldLater() {
        Watcher ana = new Watcher();
        node.lose(ana.client);
        store.isAway = true;
        say("missed");
        TestClient back = ana.resume();
        back.next("message:new");
        back.settle();
        assertThat(back.events("presence:initial")).isEmpty();
        store.isAway = false;
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(3),
                () -> !back.events("presence:initial").isEmpty());
        assertThat(back.next("presence:initial").toString()).contains("\"ben\"");
    }

    @Test
    void afterTheWindowNothingIsLeftOfItsSubscriptions() {
        Watcher ana = new Watcher();
        node.lose(ana.client);
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo(1);
        node.time.advance(Duration.ofMinutes(2));
        TestNode.soon(() -> node.realtime.presence().stats().totalSubscriptions() == 0);
        TestClient back = ana.resume();
        assertThat(text(back.next("connected"), "userId")).isEqualTo("ana");
        back.settle();
        assertThat(back.events("presence:initial")).isEmpty();
    }

    private void setStatus(String words) {
        node.realtime.presence().setStatus(BEN, Availability.BUSY, Optional.of(words));
    }

    private void say(String words) {
        TestNode.assertSuccess(ben.ask("message:send", "{\"roomId\":\"" + ROOM + "\",\"message\":\"" + words + "\"}"));
    }

    private static Payload seen(int second, String words) {
        return json(
                "{'presences':[{'userId':'ben','status':'busy','lastSeen':'2026-11-23T09:15:%s.000Z','customStatus':'%s'}]}",
                second, words);
    }

    /** Ana, who watches ben and was told so. */
    private final class Watcher {
        final TestClient client = node.open();
        private final String privateId = text(client.connect("ana/patient"), "pid");
        private final String offset;

        Watcher() {
            TestNode.assertSuccess(TestNode.join(client, ROOM));
            TestNode.assertSuccess(client.ask("presence:subscribe", "{\"userIds\":[\"ben\"]}"));
            List<Payload> last = client.packets().stream()
                    .filter(packet -> packet.startsWith("42[\"presence:initial\""))
                    .map(packet -> Payload.parse(packet.substring(2)).elements())
                    .toList()
                    .get(0);
            offset = last.get(last.size() - 1).asText();
        }

        TestClient resume() {
            TestClient back = node.open();
            back.connectWith("{\"token\":\"ana/patient\",\"pid\":\"" + privateId + "\",\"offset\":\"" + offset + "\"}");
            return back;
        }
    }
}
