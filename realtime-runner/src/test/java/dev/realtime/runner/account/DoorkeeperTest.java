package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.JwtAuthenticator;
import dev.realtime.auth.JwtSettings;
import dev.realtime.auth.Principal;
import dev.realtime.auth.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
    private static final byte[] SECRET = new byte[32];
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48.765Z");

    private final Passwords passwords = new Passwords(4);
    private final InMemoryAccountStore accounts = new InMemoryAccountStore();
    private final RefreshTokens refreshTokens =
            new RefreshTokens(new InMemoryRefreshFamilyStore(), Duration.ofDays(7), () -> NOW);
    private final TokenIssuer issuer =
            new TokenIssuer(SECRET, Optional.of("us"), Optional.of("chat"), Duration.ofHours(1), () -> NOW);
    private final Doorkeeper inDevelopment = new Doorkeeper(accounts, passwords, issuer, refreshTokens, true);
    private final Doorkeeper inProduction = new Doorkeeper(accounts, passwords, issuer, refreshTokens, false);

    @BeforeEach
    void demoUsersAndBen() {
        DemoData.seed(accounts, passwords, NOW);
        DemoData.seed(accounts, passwords, NOW.plusSeconds(1));
        accounts.insert(Account.create("ben@example.com", "doctor", passwords.hash("swordfish"), NOW));
    }

    @Test
    void theDemoUsersAreKnownInDevelopment() {
        assertDemo("patient@example.com", "demo-patient-001", "patient");
        assertDemo("Provider@Example.com", "demo-provider-001", "provider");
        assertDemo("admin@example.com", "demo-admin-001", "admin");
        assertThat(inDevelopment.find(DemoData.ADMIN).orElseThrow().createdAt()).isEqualTo(NOW);
    }

    @Test
    void noDemoUserGetsInInProduction() {
        String kept = inDevelopment
                .login("admin@example.com", "password123")
                .orElseThrow()
                .refreshToken();
        assertThat(inProduction.login("patient@example.com", "password123")).isEmpty();
        assertThat(inProduction.login("admin@example.com", "password123")).isEmpty();
        assertThat(inProduction.find(DemoData.ADMIN)).isEmpty();
        assertThatThrownBy(() -> inProduction.refresh(kept)).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> inDevelopment.refresh(kept)).isInstanceOf(AuthenticationException.class);
        assertThat(inProduction.login("ben@example.com", "swordfish")).isPresent();
    }

    @Test
    void anIssuedTokenHasTheClaimsOthersRelyOn() {
        Grant grant = inProduction.login("BEN@example.com", "swordfish").orElseThrow();
        DecodedJWT token = JWT.decode(grant.accessToken());
        assertThat(token.getAlgorithm()).isEqualTo("HS256");
        assertThat(token.getClaims().keySet())
                .containsExactlyInAnyOrder("userId", "email", "role", "type", "iat", "exp", "jti", "iss", "aud");
        assertThat(token.getClaim("userId").asString())
                .isEqualTo(grant.account().id().value());
        assertThat(token.getClaim("email").asString()).isEqualTo("ben@example.com");
        assertThat(token.getClaim("role").asString()).isEqualTo("doctor");
        assertThat(token.getClaim("type").asString()).isEqualTo("access");
        assertThat(token.getIssuedAtAsInstant()).isEqualTo(Instant.parse("2026-11-23T09:15:48Z"));
        assertThat(token.getExpiresAtAsInstant()).isEqualTo(Instant.parse("2026-11-23T10:15:48Z"));
        assertThat(token.getId()).hasSize(36);
    }

    @Test
    void anIssuedTokenOpensASession() {
        JwtAuthenticator authenticator = new JwtAuthenticator(
                JwtSettings.of(TokenKey.hs256(SECRET)).issuedBy("us").madeFor("chat"), () -> NOW);
        Grant grant = inDevelopment.login("patient@example.com", "password123").orElseThrow();
        assertThat(authenticator.verify(grant.accessToken()))
                .isEqualTo(
                        new Principal(DemoData.PATIENT, "patient", Optional.of(Instant.parse("2026-11-23T10:15:48Z"))));
        assertThatThrownBy(() -> authenticator.verify(grant.refreshToken()))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void wrongPasswordsAndUnknownUsersGetNothing() {
        assertThat(inProduction.login("ben@example.com", "Swordfish")).isEmpty();
        assertThat(inProduction.login("nobody@example.com", "swordfish")).isEmpty();
        assertThat(inProduction.login("", "")).isEmpty();
    }

    @Test
    void aSuspendedUserGetsNothing() {
        Account sleeping = new Account(
                new UserId("s"),
                "sleeping@example.com",
                "S",
                "",
                "patient",
                Optional.empty(),
                Account.Status.SUSPENDED,
                false,
                NOW,
                NOW,
                passwords.hash("swordfish"),
                false);
        accounts.insert(sleeping);
        assertThat(inProduction.login("sleeping@example.com", "swordfish")).isEmpty();
        assertThat(inProduction.find(new UserId("s"))).isEmpty();
    }

    @Test
    void logoutEndsEveryRefreshTokenOfTheUser() {
        Grant one = inProduction.login("ben@example.com", "swordfish").orElseThrow();
        Grant other = inProduction.login("ben@example.com", "swordfish").orElseThrow();
        inProduction.logout(one.account().id());
        assertThatThrownBy(() -> inProduction.refresh(one.refreshToken())).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> inProduction.refresh(other.refreshToken()))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void nothingSecretIsShown() {
        Grant grant = inProduction.login("ben@example.com", "swordfish").orElseThrow();
        assertThat(grant.toString())
                .doesNotContain(
                        grant.accessToken(),
                        grant.refreshToken(),
                        grant.account().passwordHash());
    }

    private void assertDemo(String email, String id, String role) {
        Account account =
                inDevelopment.login(email, "password123").orElseThrow().account();
        assertThat(account.id()).isEqualTo(new UserId(id));
        assertThat(account.role()).isEqualTo(role);
    }
}
