package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {
    private static final UserId ANA = new UserId("ana");
    private static final Duration WEEK = Duration.ofDays(7);

    private Instant now = Instant.parse("2026-11-23T09:15:48Z");
    private final InMemoryRefreshFamilyStore store = new InMemoryRefreshFamilyStore();
    private final RefreshTokens tokens = new RefreshTokens(store, WEEK, () -> now);

    @Test
    void aTokenIsExchangedOnceForTheNext() {
        String first = tokens.begin(ANA);
        RefreshTokens.Renewed second = tokens.exchange(first);
        assertThat(second.user()).isEqualTo(ANA);
        assertThat(second.token()).hasSize(65).matches("[A-Za-z0-9_-]+").isNotEqualTo(first);
        assertThat(tokens.exchange(second.token()).user()).isEqualTo(ANA);
    }

    @Test
    void aUsedTokenEndsItsWholeFamilyAndNoOther() {
        String stolen = tokens.begin(ANA);
        String other = tokens.begin(ANA);
        String next = tokens.exchange(stolen).token();
        String newest = tokens.exchange(next).token();
        assertThat(refusal(stolen)).isEqualTo(Reason.INVALID_TOKEN);
        assertThat(refusal(newest)).isEqualTo(Reason.INVALID_TOKEN);
        assertThat(tokens.exchange(other).user()).isEqualTo(ANA);
    }

    @Test
    void aTokenExpiresAtItsMomentAndEachHasItsOwnTime() {
        String first = tokens.begin(ANA);
        now = now.plus(WEEK).minusMillis(1);
        String second = tokens.exchange(first).token();
        now = now.plus(WEEK).minusMillis(1);
        String third = tokens.exchange(second).token();
        now = now.plus(WEEK);
        assertThat(refusal(third)).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(refusal(third)).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(refusal(first)).isEqualTo(Reason.INVALID_TOKEN);
    }

    @Test
    void revokingEndsAllFamiliesOfTheUser() {
        List<String> anas = List.of(tokens.begin(ANA), tokens.begin(ANA));
        String bens = tokens.begin(new UserId("ben"));
        tokens.revokeAll(ANA);
        assertThat(anas).allMatch(token -> refusal(token) == Reason.INVALID_TOKEN);
        assertThat(tokens.exchange(bens).user()).isEqualTo(new UserId("ben"));
    }

    @Test
    void garbageIsInvalid() {
        String good = tokens.begin(ANA);
        for (String token : List.of("", "x", good + "x", good.substring(1), "?".repeat(65), "x".repeat(100_000))) {
            assertThat(refusal(token)).isEqualTo(Reason.INVALID_TOKEN);
        }
        assertThat(tokens.exchange(good).user()).isEqualTo(ANA);
    }

    @Test
    void theStoreKnowsNoToken() {
        String token = tokens.begin(ANA);
        RefreshFamily family = store.find(token.substring(0, 22)).orElseThrow();
        assertThat(family.tokenHash()).hasSize(43);
        assertThat(token).doesNotContain(family.tokenHash());
        assertThat(refusal(family.id() + family.tokenHash())).isEqualTo(Reason.INVALID_TOKEN);
    }

    @Test
    void twoWhoReadBeforeEitherWritesDoNotEndTheFamily() {
        RefreshFamilyStore raced = new RefreshFamilyStore() {
            private Optional<RefreshFamily> stale = Optional.empty();

            @Override
            public void insert(RefreshFamily family, Instant moment) {
                store.insert(family, moment);
                stale = Optional.of(family);
            }

            @Override
            public Optional<RefreshFamily> find(String id) {
                return stale;
            }

            @Override
            public boolean replace(RefreshFamily current, RefreshFamily next) {
                return store.replace(current, next);
            }

            @Override
            public void remove(String id) {
                store.remove(id);
            }

            @Override
            public void removeAll(UserId user) {
                store.removeAll(user);
            }
        };
        RefreshTokens racing = new RefreshTokens(raced, WEEK, () -> now);
        String token = racing.begin(ANA);
        String won = racing.exchange(token).token();
        assertThat(isExchanged(racing, token)).isFalse();
        assertThat(tokens.exchange(won).user()).isEqualTo(ANA);
    }

    static boolean isExchanged(RefreshTokens tokens, String token) {
        try {
            tokens.exchange(token);
            return true;
        } catch (AuthenticationException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.INVALID_TOKEN);
            return false;
        }
    }

    private Reason refusal(String token) {
        return catchThrowableOfType(AuthenticationException.class, () -> tokens.exchange(token))
                .reason();
    }
}
