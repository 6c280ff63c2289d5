package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.Call;
import dev.realtime.call.CallState;
import dev.realtime.call.CallStats;
import dev.realtime.call.CallStore;
import dev.realtime.call.CallType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CallStore} promises. Extend it and hand in a store that holds at least 1,000 calls; one that several
 * nodes share hands in a second one on the same data, too.
 */
public abstract class CallStoreContract {
    private static final int ROUNDS = 200;
    private static final int RACERS = 4;
    private static final Instant NOON = Calls.NOON;

    private final UserId ana = Calls.freshUser();
    private final UserId ben = Calls.freshUser();
    private final UserId cat = Calls.freshUser();

    /** For subclasses. */
    protected CallStoreContract() {}

    /** A store without calls, the same one throughout a test. */
    protected abstract CallStore store();

    /** Another store on the same data, as another node has it. */
    protected Optional<CallStore> another() {
        return Optional.empty();
    }

    private CallStore elsewhere() {
        return another().orElseGet(this::store);
    }

    @Test
    void aCallIsFoundAsItWasInserted() {
        Call call = Calls.due(Calls.ringing(ana, ben), NOON);
        store().insert(call);
        assertThat(elsewhere().find(call.id())).contains(call);
        assertThat(elsewhere().find(CallId.random())).isEmpty();
    }

    @Test
    void aCallIsFoundAsItWasReplaced() {
        Call ringing = Calls.ringing(ana, ben);
        store().insert(ringing);
        Call answered = Calls.due(Calls.answered(ringing), NOON.plusSeconds(1));
        assertThat(store().replace(ringing, answered)).isTrue();
        assertThat(elsewhere().find(ringing.id())).contains(answered);
        assertThat(elsewhere().callsOf(ana)).containsExactly(answered);
        Call over = Calls.ended(answered);
        assertThat(elsewhere().replace(answered, over)).isTrue();
        assertThat(store().find(ringing.id())).contains(over);
        assertThat(store().callsOf(ben)).containsExactly(over);
    }

    @Test
    void anEarlierFormIsNotReplacedAgain() {
        Call ringing = Calls.ringing(ana, ben);
        store().insert(ringing);
        Call answered = Calls.answered(ringing);
        store().replace(ringing, answered);
        assertThat(elsewhere().replace(ringing, Calls.ended(ringing))).isFalse();
        assertThat(store().find(ringing.id())).contains(answered);
    }

    @Test
    void aCallThatIsGoneIsNotReplacedAndNotFound() {
        Call ringing = Calls.due(Calls.ringing(ana, ben), NOON);
        store().insert(ringing);
        elsewhere().remove(ringing.id());
        elsewhere().remove(ringing.id());
        assertThat(store().replace(ringing, Calls.answered(ringing))).isFalse();
        assertThat(store().find(ringing.id())).isEmpty();
        assertThat(store().callsOf(ana)).isEmpty();
        assertThat(store().due(NOON, 10)).isEmpty();
    }

    @Test
    void bothPartiesHaveTheirCallsAndNobodyElse() {
        Call first = Calls.ringing(ana, ben);
        Call second = Calls.ringing(cat, ana);
        store().insert(first);
        store().insert(second);
        assertThat(elsewhere().callsOf(ana)).containsExactlyInAnyOrder(first, second);
        assertThat(elsewhere().callsOf(ben)).containsExactly(first);
        assertThat(elsewhere().callsOf(cat)).containsExactly(second);
        assertThat(elsewhere().callsOf(Calls.freshUser())).isEmpty();
    }

    @Test
    void aCallIsDueFromItsDeadlineOnUntilItHasAnother() {
        Call call = Calls.due(Calls.ringing(ana, ben), NOON);
        store().insert(call);
        assertThat(elsewhere().due(NOON.minusMillis(1), 10)).isEmpty();
        assertThat(elsewhere().due(NOON, 10)).containsExactly(call);
        assertThat(elsewhere().due(NOON.plusSeconds(99), 10)).containsExactly(call);
        Call later = Calls.due(call, NOON.plusSeconds(5));
        store().replace(call, later);
        assertThat(elsewhere().due(NOON.plusSeconds(4), 10)).isEmpty();
        assertThat(elsewhere().due(NOON.plusSeconds(5), 10)).containsExactly(later);
    }

    @Test
    void aCallWithoutADeadlineIsNeverDue() {
        store().insert(Calls.ringing(ana, ben));
        assertThat(elsewhere().due(NOON.plusSeconds(1_000_000), 10)).isEmpty();
    }

    @Test
    void theLongestOverdueComeFirst() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(Calls.due(Calls.ringing(ana, ben), NOON.plusMillis(i)));
        }
        List<Call> mixed = new ArrayList<>(calls);
        Collections.shuffle(mixed, Races.random());
        mixed.forEach(store()::insert);
        assertThat(elsewhere().due(NOON.plusSeconds(1), 7)).isEqualTo(calls.subList(0, 7));
        assertThat(elsewhere().due(NOON.plusMillis(2), 7)).isEqualTo(calls.subList(0, 3));
    }

    @Test
    void aCallRingsAloneBetweenTwoUsers() {
        Call first = Calls.ringing(ana, ben);
        assertThat(store().insertAlone(first)).isTrue();
        assertThat(elsewhere().insertAlone(Calls.ringing(ben, ana))).isFalse();
        assertThat(elsewhere().insertAlone(Calls.ringing(ana, ben))).isFalse();
        assertThat(elsewhere().insertAlone(Calls.ringing(ana, cat))).isTrue();
        assertThat(store().callsOf(ben)).containsExactly(first);
        store().replace(first, Calls.answered(first));
        assertThat(elsewhere().insertAlone(Calls.ringing(ben, ana))).isTrue();
    }

    @Test
    void aCallThatIsOverOrGoneDoesNotRing() {
        Call first = Calls.ringing(ana, ben);
        store().insert(first);
        store().replace(first, Calls.ended(Calls.answered(first)));
        Call second = Calls.ringing(ben, ana);
        assertThat(elsewhere().insertAlone(second)).isTrue();
        elsewhere().remove(second.id());
        assertThat(store().insertAlone(Calls.ringing(ben, ana))).isTrue();
    }

    @Test
    void liveCallsAreCountedByStateAndType() {
        Call ringing = Calls.ringing(ana, ben);
        Call answered = Calls.ringing(ana, cat);
        Call over = Calls.ringing(ben, cat);
        List.of(ringing, answered, over).forEach(store()::insert);
        store().replace(answered, Calls.answered(answered));
        store().replace(over, Calls.ended(Calls.answered(over)));
        CallStats stats = elsewhere().stats();
        assertThat(stats.total()).isEqualTo(2);
        assertThat(stats.byState()).isEqualTo(Map.of(CallState.RINGING, 1L, CallState.ACCEPTED, 1L));
        assertThat(stats.byType()).isEqualTo(Map.of(CallType.VIDEO, 2L));
    }

    @Test
    void ofThoseWhoReplaceTheSameFormOneSucceeds() throws Exception {
        Races.rounds(ROUNDS, RACERS, (threads, random) -> {
            Call ringing = Calls.ringing(ana, ben);
            store().insert(ringing);
            List<Call> nexts = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                nexts.add(i % 2 == 0 ? Calls.due(ringing, NOON.plusMillis(i)) : Calls.answered(ringing));
            }
            List<Boolean> won = race(
                    threads,
                    RACERS,
                    racer -> (racer % 2 == 0 ? store() : elsewhere()).replace(ringing, nexts.get(racer)));
            assertThat(won).containsOnlyOnce(true);
            assertThat(store().find(ringing.id())).contains(nexts.get(won.indexOf(true)));
            store().remove(ringing.id());
        });
    }

    @Test
    void aCallIsThereAtEachMomentWhileItIsReplaced() throws Exception {
        Call first = Calls.due(Calls.ringing(ana, ben), NOON);
        store().insert(first);
        Races.rounds(
                1,
                RACERS,
                (threads, random) -> race(threads, RACERS, racer -> {
                    Call last = first;
                    for (int i = 1; i <= ROUNDS; i++) {
                        if (racer == 0) {
                            Call next = Calls.due(last, NOON.plusMillis(i));
                            assertThat(store().replace(last, next)).isTrue();
                            last = next;
                        }
                        assertThat(elsewhere().find(first.id())).isPresent();
                        assertThat(elsewhere().callsOf(ana)).hasSize(1);
                        assertThat(elsewhere().due(NOON.plusSeconds(1), 10)).hasSize(1);
                    }
                    return racer;
                }));
    }

    @Test
    void ofTwoCallsThatRingAtOnceBetweenTheSameTwoOneIsKept() throws Exception {
        Races.rounds(ROUNDS, RACERS, (threads, random) -> {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                calls.add(i % 2 == 0 ? Calls.ringing(ana, ben) : Calls.ringing(ben, ana));
            }
            List<Boolean> kept = race(
                    threads, RACERS, racer -> (racer % 2 == 0 ? store() : elsewhere()).insertAlone(calls.get(racer)));
            assertThat(kept).containsOnlyOnce(true);
            assertThat(store().callsOf(ana)).containsExactly(calls.get(kept.indexOf(true)));
            calls.forEach(call -> store().remove(call.id()));
        });
    }

    @Test
    void aDeadlineThatManySeePassHasItsEffectOnce() throws Exception {
        Races.rounds(ROUNDS, RACERS, (threads, random) -> {
            Call call = Calls.due(Calls.ringing(ana, ben), NOON);
            store().insert(call);
            List<Boolean> fired = race(threads, RACERS, racer -> {
                CallStore node = racer % 2 == 0 ? store() : elsewhere();
                return node.due(NOON, 10).stream()
                        .anyMatch(due -> node.replace(due, Calls.due(due, NOON.plusSeconds(9))));
            });
            assertThat(fired).containsOnlyOnce(true);
            store().remove(call.id());
        });
    }

    @Test
    void manyCallsAtOnceAreAllThere() throws Exception {
        Races.rounds(20, RACERS, (threads, random) -> {
            List<Call> calls = race(threads, RACERS, racer -> {
                Call call = Calls.ringing(ana, ben);
                store().insert(call);
                return call;
            });
            assertThat(new HashSet<>(elsewhere().callsOf(ana))).isEqualTo(new HashSet<>(calls));
            calls.forEach(call -> store().remove(call.id()));
        });
    }

    private static <T> List<T> race(ExecutorService threads, int racers, Races.Racer<T> racer) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            int number = i;
            running.add(threads.submit(() -> racer.run(number)));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }
}
