package dev.realtime.presence;

import static dev.realtime.presence.Availability.AWAY;
import static dev.realtime.presence.Availability.BUSY;
import static dev.realtime.presence.Availability.OFFLINE;
import static dev.realtime.presence.Availability.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tracker of one node or of several on one store; whatever a node does, it does at once on the test's thread. */
class PresenceTrackerTest {
    private static final UserId ANA = new UserId("ana");
    private static final UserId BEN = new UserId("ben");

    private final ManualTime time = new ManualTime();
    private final FragilePresenceStore store = new FragilePresenceStore();
    private final List<String> told = new ArrayList<>();
    private final PresenceTracker node = node("one");

    @Test
    void whoComesAndGoesIsToldAtOnceAndIsOfflineAfterTheGrace() {
        SessionId first = arrives(node, ANA);
        SessionId second = arrives(node, ANA);
        assertThat(told).containsExactly("ana returned", "ana ONLINE");
        node.left(ANA, first);
        time.advance(Duration.ofSeconds(20));
        node.left(ANA, second);
        assertThat(told).endsWith("ana ONLINE", "ana lost at 20");
        time.advance(Duration.ofMillis(4_999));
        assertThat(told).endsWith("ana lost at 20");
        time.advance(Duration.ofMillis(1));
        assertThat(told).endsWith("ana lost at 20", "ana OFFLINE");
        time.advance(Duration.ofMinutes(2));
        assertThat(told).hasSize(4);
        assertThat(node.stats()).isEqualTo(new PresenceStats(0, 7));
    }

    @Test
    void whoIsBackInTheGraceHasReturnedAndWasNotSeenToGo() {
        node.left(ANA, arrives(node, ANA));
        time.advance(Duration.ofSeconds(3));
        arrives(node, ANA);
        time.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("ana returned", "ana ONLINE", "ana lost at 0", "ana returned");
    }

    @Test
    void eachGraceEndsInItsOwnTime() {
        SessionId ana = arrives(node, ANA);
        SessionId ben = arrives(node, BEN);
        time.advance(Duration.ofSeconds(2));
        node.left(ANA, ana);
        time.advance(Duration.ofMillis(1));
        node.left(BEN, ben);
        time.advance(Duration.ofMillis(4_999));
        assertThat(told).endsWith("ben lost at 2", "ana OFFLINE");
        time.advance(Duration.ofMillis(1));
        assertThat(told).endsWith("ana OFFLINE", "ben OFFLINE");
    }

    @Test
    void aNodeCostsOneAlarmHoweverManyComeAndGo() {
        for (int i = 0; i < 100; i++) {
            UserId user = new UserId("u" + i);
            node.left(user, arrives(node, user));
            time.advance(Duration.ofMillis(10));
        }
        assertThat(time.waiting()).isEqualTo(1);
        node.close();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aSessionThatCameAndWentWhileTheStoreWasAwayCostsItNothing() {
        store.isAway = true;
        SessionId gone = arrives(node, ANA);
        node.left(ANA, gone);
        arrives(node, BEN);
        assertThat(told).containsOnly("failed");
        store.isAway = false;
        told.clear();
        time.advance(Duration.ofSeconds(3));
        assertThat(told).containsExactly("ben returned", "ben ONLINE");
        assertThat(node.isConnected(ANA)).isFalse();
    }

    @Test
    void whoLeftWhileTheStoreWasAwayIsReleasedWhenItIsBack() {
        SessionId ana = arrives(node, ANA);
        store.isAway = true;
        node.left(ANA, ana);
        time.advance(Duration.ofSeconds(4));
        store.isAway = false;
        time.advance(Duration.ofSeconds(2));
        assertThat(told).endsWith("ana lost at 6");
        time.advance(Duration.ofSeconds(5));
        assertThat(told).endsWith("ana lost at 6", "ana OFFLINE");
    }

    @Test
    void aGraceThatEndsWhileTheStoreIsAwayEndsSoonAfterItIsBack() {
        node.left(ANA, arrives(node, ANA));
        store.isAway = true;
        time.advance(Duration.ofSeconds(6));
        store.isAway = false;
        time.advance(Duration.ofSeconds(3));
        assertThat(told).endsWith("ana OFFLINE");
    }

    @Test
    void aStoreThatForgotTheNodeGetsItsSessionsAgain() {
        arrives(node, ANA);
        arrives(node, ANA);
        arrives(node, BEN);
        store.forgetEverything();
        assertThat(node.find(ANA)).isEmpty();
        time.advance(Duration.ofSeconds(3));
        assertThat(node.find(List.of(ANA, BEN))).extracting(Presence::status).containsExactly(ONLINE, ONLINE);
        store.forgetEverything();
        UserId cat = new UserId("cat");
        arrives(node, cat);
        assertThat(node.find(List.of(ANA, BEN, cat))).hasSize(3);
    }

    @Test
    void whatIsAskedOfAUserKnowsOfTheSessionThatJustCame() {
        store.isAway = true;
        arrives(node, ANA);
        assertThatThrownBy(() -> node.setStatus(ANA, BUSY, Optional.empty())).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> node.find(ANA)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> node.isConnected(ANA)).isInstanceOf(StoreException.class);
        store.isAway = false;
        node.setStatus(ANA, BUSY, Optional.empty());
        assertThat(node.find(ANA).map(Presence::status)).contains(BUSY);
    }

    @Test
    void aNodeThatDiesLosesItsUsersWithinFifteenSecondsAndEachIsToldOnce() {
        PresenceTracker doomed = node("two");
        PresenceTracker third = node("three");
        arrives(doomed, ANA);
        arrives(doomed, BEN);
        arrives(third, BEN);
        time.advance(Duration.ofSeconds(8));
        told.clear();
        doomed.close();
        time.advance(Duration.ofSeconds(7));
        assertThat(told).isEmpty();
        time.advance(Duration.ofSeconds(8));
        assertThat(told).containsExactly("ana lost at 6", "ana OFFLINE");
        assertThat(node.find(ANA).map(Presence::lastSeen)).contains(at(6));
        assertThat(node.find(BEN).map(Presence::status)).contains(ONLINE);
    }

    @Test
    void aNodeThatWasTakenForDeadGetsItsUsersBackWithItsNextBeat() {
        PresenceTracker sleeper = node("two");
        arrives(sleeper, ANA);
        store.isAway = true;
        time.advance(Duration.ofSeconds(20));
        store.isAway = false;
        assertThat(store.expire(time.instant().minusSeconds(10))).hasSize(1);
        told.clear();
        time.advance(Duration.ofSeconds(3));
        assertThat(told).contains("ana returned", "ana ONLINE");
    }

    @Test
    void aGraceThatADeadNodeBeganIsEndedByAnother() {
        PresenceTracker doomed = node("two");
        doomed.left(ANA, arrives(doomed, ANA));
        doomed.close();
        time.advance(Duration.ofSeconds(9));
        assertThat(told).endsWith("ana lost at 0", "ana OFFLINE");
    }

    @Test
    void ofManyChangesTheFirstIsToldAtOnceAndTheLastAtTheEndOfTheSecond() {
        arrives(node, ANA);
        for (int i = 0; i < 50; i++) {
            time.advance(Duration.ofMillis(20));
            node.setStatus(ANA, i % 2 == 0 ? AWAY : BUSY, Optional.of("" + i));
        }
        time.advance(Duration.ofSeconds(3));
        assertThat(told).containsExactly("ana returned", "ana ONLINE", "ana AWAY 48", "ana BUSY 49");
    }

    @Test
    void whatAnotherNodeToldMeanwhileIsNotTakenBack() {
        PresenceTracker other = node("two");
        arrives(node, ANA);
        time.advance(Duration.ofSeconds(2));
        node.setStatus(ANA, AWAY, Optional.of("first"));
        node.setStatus(ANA, AWAY, Optional.of("older"));
        time.advance(Duration.ofMillis(500));
        other.setStatus(ANA, BUSY, Optional.of("newest"));
        time.advance(Duration.ofSeconds(3));
        assertThat(told).endsWith("ana BUSY newest").doesNotContain("ana AWAY older");
    }

    @Test
    void anOlderChangeThatComesLateIsVoid() {
        Announcements announcements = new Announcements(
                presence -> told.add(presence.customStatus().orElse("")),
                user -> Optional.empty(),
                new Clockwork(time, time, Runnable::run),
                Duration.ofSeconds(1));
        announcements.offer(change("second", 2));
        announcements.offer(change("first", 1));
        time.advance(Duration.ofSeconds(2));
        announcements.offer(change("first", 1));
        time.advance(Duration.ofSeconds(2));
        assertThat(told).containsExactly("second");
        announcements.sweep();
        assertThat(announcements.count()).isEqualTo(1);
        time.advance(Duration.ofSeconds(8));
        announcements.sweep();
        assertThat(announcements.count()).isZero();
    }

    @Test
    void aListenerMayAskTheTracker() {
        List<Optional<Presence>> seen = new ArrayList<>();
        PresenceTracker[] asked = new PresenceTracker[1];
        asked[0] = node("two", new PresenceListener() {
            @Override
            public void changed(Presence presence) {
                seen.add(asked[0].find(presence.user()));
            }

            @Override
            public void returned(UserId user) {
                asked[0].setStatus(user, BUSY, Optional.empty());
            }
        });
        arrives(asked[0], ANA);
        time.advance(Duration.ofSeconds(1));
        assertThat(seen).extracting(found -> found.orElseThrow().status()).containsExactly(BUSY);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        PresenceSettings usual = PresenceSettings.DEFAULTS;
        assertThat(usual.withGrace(Duration.ZERO).grace()).isZero();
        assertThatThrownBy(() -> usual.withGrace(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PresenceSettings(
                        usual.grace(),
                        usual.coalescing(),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(10),
                        usual.retention(),
                        1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Change change(String words, long version) {
        return new Change(new Presence(ANA, ONLINE, at(0), Optional.of(words)), version);
    }

    private static SessionId arrives(PresenceTracker at, UserId user) {
        SessionId session = SessionId.random();
        at.arrived(user, session);
        return session;
    }

    private PresenceTracker node(String name) {
        return node(name, new Telling());
    }

    private PresenceTracker node(String name, PresenceListener listener) {
        PresenceTracker tracker = new PresenceTracker(
                name,
                store,
                (who, other) -> true,
                listener,
                new Clockwork(time, time, Runnable::run),
                PresenceSettings.DEFAULTS,
                () -> 7);
        tracker.start();
        return tracker;
    }

    private static Instant at(int second) {
        return Instant.parse("2026-11-23T09:15:48Z").plusSeconds(second);
    }

    private final class Telling implements PresenceListener {
        @Override
        public void changed(Presence presence) {
            assertThat(presence.isOnline()).isEqualTo(presence.status() != OFFLINE);
            told.add((presence.user() + " " + presence.status() + " "
                            + presence.customStatus().orElse(""))
                    .strip());
        }

        @Override
        public void lost(UserId user, Instant moment) {
            told.add(user + " lost at " + Duration.between(at(0), moment).toSeconds());
        }

        @Override
        public void returned(UserId user) {
            told.add(user + " returned");
        }

        @Override
        public void failed(StoreException away) {
            told.add("failed");
        }
    }
}
