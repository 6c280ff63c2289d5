package dev.realtime.testkit;

import static dev.realtime.presence.Availability.AWAY;
import static dev.realtime.presence.Availability.BUSY;
import static dev.realtime.presence.Availability.IN_CALL;
import static dev.realtime.presence.Availability.OFFLINE;
import static dev.realtime.presence.Availability.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.presence.Arrival;
import dev.realtime.presence.Availability;
import dev.realtime.presence.Change;
import dev.realtime.presence.Lease;
import dev.realtime.presence.Loss;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PresenceStore} promises, sentence by sentence. Whoever writes one extends this class. Moments lie in
 * the past of the store's own clock, if it has one.
 */
public abstract class PresenceStoreContract {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00.123Z");

    private final String node = "node-" + UUID.randomUUID();
    private final String other = "node-" + UUID.randomUUID();
    private final UserId ana = freshUser();

    /** The store under test, the same each time within one test; it holds nothing of other tests. */
    protected abstract PresenceStore store();

    @Test
    void aNodeIsKnownFromItsFirstRenewalOn() {
        assertThat(store().renew(node, at(0))).isFalse();
        assertThat(store().renew(node, at(1))).isTrue();
    }

    @Test
    void aNodeThatIsNotKnownAddsNothing() {
        assertThat(store().add(lease(node), ana, at(0))).isEmpty();
        assertThat(store().find(List.of(ana))).isEmpty();
        assertThat(store().isConnected(ana)).isFalse();
    }

    @Test
    void theFirstSessionBringsTheUserOnlineAndFurtherOnesChangeNothing() {
        begin();
        Lease first = lease(node);
        Arrival arrival = added(first, ana, 1);
        assertThat(arrival.isReturn()).isTrue();
        assertThat(arrival.change().map(Change::presence)).contains(seen(ana, ONLINE, 1));
        assertThat(added(first, ana, 2)).isEqualTo(new Arrival(false, Optional.empty()));
        assertThat(added(lease(other), ana, 3)).isEqualTo(new Arrival(false, Optional.empty()));
        assertThat(store().isConnected(ana)).isTrue();
        assertThat(store().countOnline()).isEqualTo(1);
    }

    @Test
    void theLastSessionReleasedIsToldAndTheUserSeenAsBeforeUntilTheDeparture() {
        begin();
        Lease first = lease(node);
        Lease second = lease(other);
        added(first, ana, 1);
        added(second, ana, 1);
        assertThat(store().release(first, ana, at(2))).isFalse();
        assertThat(store().release(first, ana, at(3))).isFalse();
        assertThat(store().release(second, ana, at(4))).isTrue();
        assertThat(store().release(second, ana, at(5))).isFalse();
        assertThat(store().isConnected(ana)).isFalse();
        assertThat(find(ana)).contains(seen(ana, ONLINE, 4));
        assertThat(store().depart(at(3))).isEmpty();
        assertThat(store().countOnline()).isEqualTo(1);
        assertThat(presences(store().depart(at(4)))).containsExactly(seen(ana, OFFLINE, 4));
        assertThat(store().depart(at(4))).isEmpty();
        assertThat(find(ana)).contains(seen(ana, OFFLINE, 4));
        assertThat(store().countOnline()).isZero();
    }

    @Test
    void whoIsBackBeforeTheDepartureWasNeverGone() {
        begin();
        Lease first = lease(node);
        added(first, ana, 1);
        store().setStatus(ana, BUSY, Optional.of("mtg"), at(2));
        store().release(first, ana, at(3));
        assertThat(added(lease(other), ana, 4)).isEqualTo(new Arrival(true, Optional.empty()));
        assertThat(store().depart(at(9))).isEmpty();
        assertThat(find(ana).map(Presence::status)).contains(BUSY);
    }

    @Test
    void aReleaseThatNobodyKnowsOfChangesNothing() {
        begin();
        assertThat(store().release(lease(node), ana, at(1))).isFalse();
        added(lease(node), ana, 2);
        assertThat(store().release(lease(node), ana, at(3))).isFalse();
        assertThat(store().release(lease("nowhere"), ana, at(3))).isFalse();
        assertThat(store().isConnected(ana)).isTrue();
    }

    @Test
    void theStatusLastsUntilTheUserIsOfflineAndTheWordsLonger() {
        begin();
        Lease first = lease(node);
        added(first, ana, 1);
        assertThat(set(AWAY, "lunch", 2)).contains(new Presence(ana, AWAY, at(2), Optional.of("lunch")));
        added(lease(other), ana, 3);
        assertThat(find(ana).map(Presence::status)).contains(AWAY);
        assertThat(set(AWAY, "lunch", 4)).isEmpty();
        assertThat(set(AWAY, "", 5)).isPresent();
        assertThat(store().setStatus(ana, AWAY, Optional.empty(), at(6))).isPresent();
        set(AWAY, "back at two", 7);
        loseAll(8);
        added(lease(node), ana, 9);
        assertThat(find(ana)).contains(new Presence(ana, ONLINE, at(9), Optional.of("back at two")));
    }

    @Test
    void ofWhoHasNoSessionOnlyTheWordsAreTaken() {
        begin();
        assertThat(set(BUSY, "who", 0)).isEmpty();
        assertThat(find(ana)).isEmpty();
        added(lease(node), ana, 1);
        loseAll(2);
        assertThat(set(BUSY, "gone", 3)).contains(new Presence(ana, OFFLINE, at(2), Optional.of("gone")));
        added(lease(node), ana, 4);
        assertThat(find(ana)).contains(new Presence(ana, ONLINE, at(4), Optional.of("gone")));
    }

    @Test
    void whoHidesIsOfflineSinceThenWhateverComesAfter() {
        begin();
        Lease first = lease(node);
        added(first, ana, 1);
        assertThat(set(OFFLINE, "x", 2)).contains(new Presence(ana, OFFLINE, at(2), Optional.of("x")));
        assertThat(store().countOnline()).isZero();
        store().renew(node, at(3));
        Lease second = lease(node);
        added(second, ana, 4);
        set(OFFLINE, "y", 5);
        assertThat(find(ana)).contains(new Presence(ana, OFFLINE, at(2), Optional.of("y")));
        assertThat(store().isConnected(ana)).isTrue();
        store().release(first, ana, at(6));
        assertThat(store().release(second, ana, at(7))).isTrue();
        assertThat(store().depart(at(7))).isEmpty();
        assertThat(find(ana).map(Presence::lastSeen)).contains(at(2));
        assertThat(added(lease(node), ana, 8)
                        .change()
                        .map(change -> change.presence().status()))
                .contains(ONLINE);
    }

    @Test
    void aCallIsShownInPlaceOfTheStatusSetBeforeOrMeanwhile() {
        begin();
        assertThat(store().setInCall(ana, true, at(0))).isEmpty();
        assertThat(find(ana)).isEmpty();
        added(lease(node), ana, 1);
        set(BUSY, "x", 2);
        assertThat(call(true, 3).map(Presence::status)).contains(IN_CALL);
        assertThat(call(true, 4)).isEmpty();
        assertThat(set(AWAY, "x", 5)).isEmpty();
        assertThat(call(false, 6)).contains(new Presence(ana, AWAY, at(6), Optional.of("x")));
        assertThat(call(false, 7)).isEmpty();
        call(true, 8);
        set(OFFLINE, "x", 9);
        assertThat(find(ana).map(Presence::status)).contains(IN_CALL);
        assertThat(call(false, 10)).contains(new Presence(ana, OFFLINE, at(10), Optional.of("x")));
    }

    @Test
    void aCallIsNoLongerShownOnceTheUserIsOffline() {
        begin();
        added(lease(node), ana, 1);
        call(true, 2);
        loseAll(3);
        assertThat(find(ana).map(Presence::status)).contains(OFFLINE);
        added(lease(node), ana, 4);
        assertThat(find(ana).map(Presence::status)).contains(ONLINE);
    }

    @Test
    void whoIsThereWasSeenAtTheLastBeatOfANodeWithASession() {
        begin();
        added(lease(node), ana, 1);
        store().renew(other, at(5));
        assertThat(find(ana).map(Presence::lastSeen)).contains(at(1));
        store().renew(node, at(4));
        assertThat(find(ana).map(Presence::lastSeen)).contains(at(4));
        added(lease(other), ana, 6);
        store().renew(other, at(9));
        store().renew(node, at(8));
        assertThat(find(ana).map(Presence::lastSeen)).contains(at(9));
        loseAll(10);
        store().renew(node, at(20));
        assertThat(find(ana).map(Presence::lastSeen)).contains(at(10));
    }

    @Test
    void aNodeThatDoesNotRenewIsLostAndItsUsersAreOfflineAtOnceSeenLastWhenItWas() {
        begin();
        UserId ben = freshUser();
        UserId hidden = freshUser();
        added(lease(node), ana, 1);
        added(lease(node), ben, 1);
        added(lease(other), ben, 1);
        added(lease(node), hidden, 1);
        store().setStatus(hidden, OFFLINE, Optional.empty(), at(2));
        store().renew(node, at(3));
        store().renew(other, at(9));
        assertThat(store().expire(at(2))).isEmpty();
        List<Loss> losses = store().expire(at(3));
        assertThat(losses).extracting(Loss::user).containsExactlyInAnyOrder(ana, hidden);
        assertThat(losses).extracting(Loss::at).containsOnly(at(3));
        assertThat(presences(
                        losses.stream().flatMap(loss -> loss.change().stream()).toList()))
                .containsExactly(seen(ana, OFFLINE, 3));
        assertThat(find(ben).map(Presence::status)).contains(ONLINE);
        assertThat(store().isConnected(ana)).isFalse();
        assertThat(store().expire(at(3))).isEmpty();
        assertThat(store().depart(at(99))).isEmpty();
        assertThat(store().countOnline()).isEqualTo(1);
    }

    @Test
    void aLostNodeHasToRenewBeforeItAddsAndHasNothingThen() {
        begin();
        Lease first = lease(node);
        added(first, ana, 1);
        store().expire(at(0));
        assertThat(store().add(lease(node), ana, at(2))).isEmpty();
        assertThat(store().renew(node, at(3))).isFalse();
        assertThat(store().isConnected(ana)).isFalse();
        assertThat(store().release(first, ana, at(4))).isFalse();
        assertThat(added(first, ana, 5).isReturn()).isTrue();
    }

    @Test
    void usersAreFoundInTheOrderAskedAsOftenAsAsked() {
        begin();
        UserId ben = freshUser();
        added(lease(node), ana, 1);
        added(lease(node), ben, 1);
        assertThat(store().find(List.of(ben, freshUser(), ana, ben)))
                .extracting(Presence::user)
                .containsExactly(ben, ana, ben);
        assertThat(store().find(List.of())).isEmpty();
    }

    @Test
    void whoIsOfflineIsForgottenAndNobodyElse() {
        begin();
        UserId ben = freshUser();
        UserId leaving = freshUser();
        added(lease(node), ana, 1);
        loseAll(2);
        Lease back = lease(node);
        added(back, ben, 1);
        store().release(back, ben, at(2));
        store().depart(at(2));
        added(lease(node), ben, 3);
        Lease released = lease(node);
        added(released, leaving, 1);
        store().release(released, leaving, at(2));
        store().forget(at(1));
        assertThat(find(ana)).isPresent();
        store().forget(at(2));
        assertThat(find(ana)).isEmpty();
        assertThat(find(ben)).isPresent();
        assertThat(find(leaving)).isPresent();
        assertThat(store().countOnline()).isEqualTo(2);
    }

    @Test
    void versionsOfAUserGrowAlsoBeyondOblivion() {
        begin();
        List<Change> changes = new ArrayList<>();
        for (int second = 1; second < 40; second += 4) {
            Lease one = lease(node);
            added(one, ana, second).change().ifPresent(changes::add);
            store().setStatus(ana, BUSY, Optional.of("" + second), at(second)).ifPresent(changes::add);
            store().release(one, ana, at(second + 1));
            changes.addAll(store().depart(at(second + 1)));
            store().forget(at(second + 1));
        }
        assertThat(changes).hasSize(30).extracting(Change::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ofManyWhoEndOneNodeOneIsToldOfEachUser() throws Exception {
        Races.rounds(40, 4, (threads, random) -> {
            String doomed = "node-" + UUID.randomUUID();
            store().renew(doomed, at(0));
            UserId user = freshUser();
            for (int i = random.nextInt(3); i >= 0; i--) {
                store().add(lease(doomed), user, at(1));
            }
            List<List<Loss>> told = Races.together(4, racer -> store().expire(at(5)));
            assertThat(told.stream().flatMap(Collection::stream).map(Loss::user))
                    .containsOnlyOnce(user);
        });
    }

    @Test
    void ofManyWhoEndAGraceOneIsTold() throws Exception {
        begin();
        Races.rounds(40, 4, (threads, random) -> {
            UserId user = freshUser();
            Lease only = lease(node);
            added(only, user, 1);
            store().release(only, user, at(2));
            List<List<Change>> told = Races.together(4, racer -> store().depart(at(2 + random.nextInt(2))));
            assertThat(told.stream().flatMap(Collection::stream)).hasSize(1);
        });
    }

    @Test
    void ofDevicesThatComeAndGoAtOnceTheFirstAndTheLastAreToldOnce() throws Exception {
        begin();
        Races.rounds(40, 4, (threads, random) -> {
            UserId user = freshUser();
            List<Lease> leases = IntStream.range(0, 6)
                    .mapToObj(i -> lease(i % 2 == 0 ? node : other))
                    .toList();
            List<Arrival> arrivals = Races.together(6, racer -> added(leases.get(racer), user, 1));
            assertThat(arrivals).filteredOn(Arrival::isReturn).hasSize(1);
            assertThat(arrivals)
                    .filteredOn(arrival -> arrival.change().isPresent())
                    .hasSize(1);
            List<Boolean> last = Races.together(6, racer -> store().release(leases.get(racer), user, at(2)));
            assertThat(last).containsOnlyOnce(true);
            assertThat(store().isConnected(user)).isFalse();
        });
    }

    @Test
    void aReturnAndADepartureAtOnceEndWithTheUserThere() throws Exception {
        begin();
        Races.rounds(100, 2, (threads, random) -> {
            UserId user = freshUser();
            Lease old = lease(node);
            added(old, user, 1);
            store().release(old, user, at(2));
            Races.together(2, racer -> racer == 0 ? store().depart(at(2)) : added(lease(other), user, 3));
            assertThat(find(user).map(Presence::status)).contains(ONLINE);
            assertThat(store().depart(at(9))).isEmpty();
        });
    }

    private void begin() {
        store().renew(node, at(0));
        store().renew(other, at(0));
    }

    private Arrival added(Lease lease, UserId user, int second) {
        return store().add(lease, user, at(second)).orElseThrow();
    }

    /** Ana has no session any more and is offline. */
    private void loseAll(int second) {
        store().renew(node, at(second));
        store().renew(other, at(second));
        store().expire(at(second));
        begin();
    }

    private Optional<Presence> set(Availability status, String words, int second) {
        return store().setStatus(ana, status, Optional.of(words), at(second)).map(Change::presence);
    }

    private Optional<Presence> call(boolean isInCall, int second) {
        return store().setInCall(ana, isInCall, at(second)).map(Change::presence);
    }

    private Optional<Presence> find(UserId user) {
        return store().find(List.of(user)).stream().findFirst();
    }

    private static List<Presence> presences(List<Change> changes) {
        return changes.stream().map(Change::presence).toList();
    }

    private static Presence seen(UserId user, Availability status, int second) {
        return new Presence(user, status, at(second), Optional.empty());
    }

    private static Lease lease(String node) {
        return new Lease(node, SessionId.random());
    }

    private static UserId freshUser() {
        return new UserId("user-" + UUID.randomUUID());
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
