package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RefreshFamilyStore} promises. */
abstract class RefreshFamilyStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48.123456Z");

    private final Account ana = Account.create("ana@example.com", "patient", "hash", NOW);
    private final Account ben = Account.create("ben@example.com", "patient", "hash", NOW);
    private RefreshFamilyStore store;

    /** A store in which the owners of families may be looked for. */
    abstract RefreshFamilyStore newStore(List<Account> owners);

    @BeforeEach
    void anEmptyStore() {
        store = newStore(List.of(ana, ben));
    }

    @Test
    void aFamilyComesBackAsItWentIn() {
        RefreshFamily family = family("f1", ana.id(), "hash-1", NOW);
        store.insert(family, NOW.minusSeconds(1));
        assertThat(store.find("f1")).contains(family);
        assertThat(store.find("f2")).isEmpty();
    }

    @Test
    void aFamilyIsReplacedOnlyAsItIs() {
        RefreshFamily first = family("f1", ana.id(), "hash-1", NOW.plusSeconds(1));
        RefreshFamily second = first.continuedBy("hash-2", NOW.plusSeconds(2));
        store.insert(first, NOW);
        assertThat(store.replace(first, second)).isTrue();
        assertThat(store.replace(first, first.continuedBy("hash-3", NOW))).isFalse();
        assertThat(store.find("f1")).contains(second);
    }

    @Test
    void aRemovedFamilyIsNotReplaced() {
        RefreshFamily first = family("f1", ana.id(), "hash-1", NOW.plusSeconds(1));
        store.insert(first, NOW);
        store.remove("f1");
        store.remove("f1");
        assertThat(store.replace(first, first.continuedBy("hash-2", NOW))).isFalse();
        assertThat(store.find("f1")).isEmpty();
    }

    @Test
    void allFamiliesOfOneUserGoTogether() {
        store.insert(family("f1", ana.id(), "hash", NOW.plusSeconds(1)), NOW);
        store.insert(family("f2", ana.id(), "hash", NOW.plusSeconds(1)), NOW);
        store.insert(family("f3", ben.id(), "hash", NOW.plusSeconds(1)), NOW);
        store.removeAll(ana.id());
        assertThat(store.find("f1")).isEmpty();
        assertThat(store.find("f2")).isEmpty();
        assertThat(store.find("f3")).isPresent();
    }

    @Test
    void expiredFamiliesMakeRoom() {
        store.insert(family("f1", ana.id(), "hash", NOW.plusSeconds(1)), NOW);
        store.insert(family("f2", ana.id(), "hash", NOW.plusSeconds(2)), NOW);
        store.insert(family("f3", ana.id(), "hash", NOW.plusSeconds(9)), NOW.plusSeconds(1));
        assertThat(store.find("f1")).isEmpty();
        assertThat(store.find("f2")).isPresent();
        assertThat(store.find("f3")).isPresent();
    }

    @Test
    void theFamilyNearestItsEndMakesRoomAtTheBound() {
        store.insert(family("bens", ben.id(), "hash", NOW.plusSeconds(1)), NOW);
        for (int i = 1; i <= RefreshFamilyStore.MAX_PER_USER + 2; i++) {
            store.insert(family("f" + i, ana.id(), "hash", NOW.plusSeconds(i)), NOW);
        }
        assertThat(store.find("f1")).isEmpty();
        assertThat(store.find("f2")).isEmpty();
        assertThat(store.find("f3")).isPresent();
        assertThat(store.find("f" + (RefreshFamilyStore.MAX_PER_USER + 2))).isPresent();
        assertThat(store.find("bens")).isPresent();
    }

    @Test
    void ofManyWhoExchangeOneTokenAtOnceOneWins() throws Exception {
        RefreshTokens tokens = new RefreshTokens(store, Duration.ofDays(7), () -> NOW);
        ExecutorService racers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 40; round++) {
                String token = tokens.begin(ana.id());
                Callable<Boolean> racer = () -> RefreshTokensTest.isExchanged(tokens, token);
                List<Boolean> wins = new ArrayList<>();
                for (Future<Boolean> result : racers.invokeAll(List.of(racer, racer, racer, racer))) {
                    wins.add(result.get());
                }
                assertThat(wins).as("round %d", round).containsOnlyOnce(true);
            }
        } finally {
            racers.shutdownNow();
        }
    }

    private static RefreshFamily family(String id, UserId user, String hash, Instant expiresAt) {
        return new RefreshFamily(id, user, hash, expiresAt);
    }
}
