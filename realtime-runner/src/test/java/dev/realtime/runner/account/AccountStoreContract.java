package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} promises. */
abstract class AccountStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48.123456Z");

    private AccountStore store;

    abstract AccountStore newStore();

    @BeforeEach
    void anEmptyStore() {
        store = newStore();
    }

    @Test
    void anAccountComesBackAsItWentIn() {
        Account account = new Account(
                new UserId("u-1"),
                "Ana.Müller@Example.com",
                "Ana",
                "Müller 😀",
                "provider",
                Optional.of("+49 30 1234"),
                Account.Status.SUSPENDED,
                true,
                NOW,
                NOW.plusSeconds(1),
                "$2a$04$hash",
                true);
        assertThat(store.insert(account)).isTrue();
        assertThat(store.find(new UserId("u-1"))).contains(account);
        assertThat(account.createdAt()).isEqualTo(Instant.parse("2026-11-23T09:15:48.123Z"));
    }

    @Test
    void anAccountWithoutPhoneHasNone() {
        Account account = Account.create("ben@example.com", "patient", "hash", NOW);
        store.insert(account);
        assertThat(store.find(account.id()).orElseThrow().phone()).isEmpty();
    }

    @Test
    void addressesCompareWithoutRegardToCase() {
        Account account = Account.create("Ana.MÜLLER@Example.com", "patient", "hash", NOW);
        store.insert(account);
        assertThat(store.findByEmail("ana.müller@EXAMPLE.com")).contains(account);
        assertThat(store.findByEmail("ana.muller@example.com")).isEmpty();
        assertThat(store.findByEmail("%")).isEmpty();
        assertThat(store.findByEmail("' OR '1'='1")).isEmpty();
    }

    @Test
    void anAddressIsTakenInEverySpelling() {
        Account first = Account.create("ana@example.com", "patient", "hash", NOW);
        assertThat(store.insert(first)).isTrue();
        assertThat(store.insert(Account.create("ANA@example.com", "admin", "hash", NOW)))
                .isFalse();
        assertThat(store.findByEmail("ANA@example.com")).contains(first);
    }

    @Test
    void anIdIsTakenOnce() {
        Account first = Account.create("ana@example.com", "patient", "hash", NOW);
        store.insert(first);
        Account second = new Account(
                first.id(),
                "ben@example.com",
                "",
                "",
                "admin",
                Optional.empty(),
                Account.Status.ACTIVE,
                false,
                NOW,
                NOW,
                "hash",
                false);
        assertThat(store.insert(second)).isFalse();
        assertThat(store.find(first.id())).contains(first);
        assertThat(store.findByEmail("ben@example.com")).isEmpty();
    }

    @Test
    void nobodyIsFoundInAnEmptyStore() {
        assertThat(store.find(new UserId("u-1"))).isEmpty();
        assertThat(store.findByEmail("ana@example.com")).isEmpty();
    }
}
