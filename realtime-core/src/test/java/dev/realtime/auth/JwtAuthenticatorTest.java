package dev.realtime.auth;

import static dev.realtime.auth.AuthenticationException.Reason.INVALID_TOKEN;
import static dev.realtime.auth.AuthenticationException.Reason.NO_TOKEN;
import static dev.realtime.auth.AuthenticationException.Reason.TOKEN_EXPIRED;
import static dev.realtime.auth.Tokens.HS256;
import static dev.realtime.auth.Tokens.auth;
import static dev.realtime.auth.Tokens.claims;
import static dev.realtime.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.algorithms.Algorithm;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.json.Payload;
import dev.realtime.transport.Handshake;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {
    private static final JwtSettings SETTINGS = JwtSettings.of(TokenKey.hs256(Tokens.SECRET));

    private Instant now = Instant.parse("2026-11-23T09:15:48Z");
    private final JwtAuthenticator authenticator = with(SETTINGS);

    @Test
    void aGoodTokenNamesUserAndRole() {
        Principal principal = authenticator.verify(signed(HS256, claims("\"type\":\"access\",\"jti\":\"x\"")));
        assertThat(principal).isEqualTo(new Principal(new UserId("ana"), "patient"));
    }

    @Test
    void theSubjectIsTheUserWhenThereIsNoUserId() {
        assertThat(authenticator
                        .verify(signed(HS256, "{\"sub\":\"ben\",\"role\":\"x\"}"))
                        .user())
                .isEqualTo(new UserId("ben"));
        assertThat(authenticator
                        .verify(signed(HS256, claims("\"sub\":\"ben\"")))
                        .user())
                .isEqualTo(new UserId("ana"));
    }

    @Test
    void anUnknownRoleIsCarriedAlong() {
        assertThat(authenticator
                        .verify(signed(HS256, "{\"userId\":\"a\",\"role\":\"night-guard\"}"))
                        .role())
                .isEqualTo("night-guard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"patient\"}",
                "{\"userId\":7,\"role\":\"patient\"}",
                "{\"userId\":7,\"sub\":\"ana\",\"role\":\"patient\"}",
                "{\"userId\":[\"ana\"],\"role\":\"patient\"}",
                "{\"userId\":\"\",\"role\":\"patient\"}",
                "{\"userId\":\"a:b\",\"role\":\"patient\"}",
                "{\"sub\":9,\"role\":\"patient\"}",
                "{\"userId\":\"ana\"}",
                "{\"userId\":\"ana\",\"role\":null}",
                "{\"userId\":\"ana\",\"role\":\"\"}",
                "{\"userId\":\"ana\",\"role\":[\"admin\"]}",
                "{\"userId\":\"ana\",\"role\":1}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":\"2099-01-01\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":\"4102444800\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":true}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":{}}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":9223372036854775807}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"exp\":1e400}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"nbf\":\"now\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":\"refresh\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":\"challenge\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":\"Access\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":\"\"}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":1}",
                "{\"userId\":\"ana\",\"role\":\"patient\",\"type\":[\"access\"]}",
                "null",
                "[]",
                "\"ana\"",
                "{}",
                "",
                "{\"userId\":\"ana\",\"role\":\"patient\"",
            })
    void claimsThatAreMissingOrOfTheWrongTypeAreRefused(String payload) {
        assertThat(reason(signed(HS256, payload))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void aTokenExpiresAtItsMoment() {
        String token = signed(HS256, claims("\"exp\":" + now.plusSeconds(10).getEpochSecond()));
        assertThat(authenticator.verify(token).expiresAt()).contains(now.plusSeconds(10));
        now = now.plusMillis(9_999);
        assertThat(authenticator.verify(token).user()).isEqualTo(new UserId("ana"));
        now = now.plusMillis(1);
        assertThat(reason(token)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void skewMovesTheMomentButNotWhatThePrincipalIsTold() {
        JwtAuthenticator tolerant = with(SETTINGS.tolerating(Duration.ofSeconds(5)));
        Instant expiry = now.plusSeconds(10);
        String token = signed(HS256, claims("\"exp\":" + expiry.getEpochSecond()));
        now = expiry.plusMillis(4_999);
        assertThat(tolerant.verify(token).expiresAt()).contains(expiry);
        now = expiry.plusSeconds(5);
        assertThat(reason(tolerant, token)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void aTokenIsNotValidBeforeItsTime() {
        JwtAuthenticator tolerant = with(SETTINGS.tolerating(Duration.ofSeconds(5)));
        String token = signed(HS256, claims("\"nbf\":" + now.plusSeconds(10).getEpochSecond()));
        assertThat(reason(token)).isEqualTo(INVALID_TOKEN);
        now = now.plusSeconds(5);
        assertThat(reason(token)).isEqualTo(INVALID_TOKEN);
        assertThat(tolerant.verify(token).role()).isEqualTo("patient");
        now = now.plusSeconds(5);
        assertThat(authenticator.verify(token).role()).isEqualTo("patient");
    }

    @Test
    void aTokenIssuedInTheFutureIsBelieved() {
        String token = signed(HS256, claims("\"iat\":" + now.plusSeconds(3_600).getEpochSecond()));
        assertThat(authenticator.verify(token).expiresAt()).isEmpty();
    }

    @Test
    void expiredIsSaidOnlyOfTokensThatWereGood() {
        String past = "\"exp\":" + now.minusSeconds(1).getEpochSecond();
        Algorithm stranger = Algorithm.HMAC256("another secret of thirty-two bytes or more");
        assertThat(reason(signed(HS256, claims(past)))).isEqualTo(TOKEN_EXPIRED);
        assertThat(reason(signed(stranger, claims(past)))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, claims(past + ",\"type\":\"refresh\""))))
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{\"userId\":\"ana\"," + past + "}"))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void theIssuerIsCheckedWhenOneIsExpected() {
        JwtAuthenticator strict = with(SETTINGS.issuedBy("https://id.example"));
        assertThat(strict.verify(signed(HS256, claims("\"iss\":\"https://id.example\"")))
                        .user())
                .isEqualTo(new UserId("ana"));
        assertThat(reason(strict, signed(HS256, claims("\"iss\":\"https://id.example/\""))))
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(strict, signed(HS256, claims("\"iss\":[\"https://id.example\"]"))))
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(strict, signed(HS256, claims("")))).isEqualTo(INVALID_TOKEN);
        assertThat(authenticator
                        .verify(signed(HS256, claims("\"iss\":\"anybody\"")))
                        .role())
                .isEqualTo("patient");
    }

    @Test
    void theAudienceIsCheckedWhenOneIsExpectedAndMayBeAList() {
        JwtAuthenticator strict = with(SETTINGS.madeFor("chat"));
        assertThat(strict.verify(signed(HS256, claims("\"aud\":\"chat\""))).role())
                .isEqualTo("patient");
        assertThat(strict.verify(signed(HS256, claims("\"aud\":[\"mail\",\"chat\"]")))
                        .role())
                .isEqualTo("patient");
        assertThat(reason(strict, signed(HS256, claims("\"aud\":[\"mail\"]")))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(strict, signed(HS256, claims("\"aud\":{\"chat\":1}"))))
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(strict, signed(HS256, claims("")))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void onlyThePinnedAlgorithmVerifies() {
        String good = claims("");
        assertThat(reason(signed(Algorithm.HMAC512(Tokens.SECRET), good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(Algorithm.HMAC384(Tokens.SECRET), good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(Algorithm.none(), good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{\"alg\":\"none\"}", good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{\"alg\":\"hs256\"}", good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{\"alg\":\"HS512\"}", good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{}", good))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "null", good))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void aPublicKeyIsNoSecret() {
        JwtAuthenticator rsa = with(JwtSettings.of(TokenKey.rs256(Tokens.pem(Tokens.RSA.getPublic()))));
        byte[] pem = Tokens.pem(Tokens.RSA.getPublic()).getBytes(StandardCharsets.UTF_8);
        for (byte[] secret : List.of(pem, Tokens.RSA.getPublic().getEncoded())) {
            Algorithm confused = Algorithm.HMAC256(secret);
            assertThat(reason(rsa, signed(confused, claims("")))).isEqualTo(INVALID_TOKEN);
            assertThat(reason(rsa, signed(confused, "{\"alg\":\"RS256\"}", claims(""))))
                    .isEqualTo(INVALID_TOKEN);
        }
    }

    @Test
    void publicKeysVerifyTheirOwnTokensOnly() {
        JwtAuthenticator rsa = with(JwtSettings.of(TokenKey.rs256((RSAPublicKey) Tokens.RSA.getPublic())));
        JwtAuthenticator ec = with(JwtSettings.of(TokenKey.es256((ECPublicKey) Tokens.EC.getPublic())));
        String byRsa = signed(Tokens.RS256, claims(""));
        String byEc = signed(Tokens.ES256, claims(""));
        assertThat(rsa.verify(byRsa).user()).isEqualTo(new UserId("ana"));
        assertThat(ec.verify(byEc).user()).isEqualTo(new UserId("ana"));
        assertThat(reason(rsa, byEc)).isEqualTo(INVALID_TOKEN);
        assertThat(reason(ec, byRsa)).isEqualTo(INVALID_TOKEN);
        assertThat(reason(byRsa)).isEqualTo(INVALID_TOKEN);
        assertThat(reason(ec, byEc.substring(0, byEc.lastIndexOf('.') + 1) + Tokens.base64(new byte[64])))
                .isEqualTo(INVALID_TOKEN);
    }

    @Test
    void criticalExtensionsAndKeysInTheHeaderAreRefused() {
        assertThat(reason(signed(HS256, "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", claims(""))))
                .isEqualTo(INVALID_TOKEN);
        assertThat(reason(signed(HS256, "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}", claims(""))))
                .isEqualTo(INVALID_TOKEN);
    }

    @Test
    void garbageIsInvalid() {
        String good = signed(HS256, claims(""));
        int dot = good.lastIndexOf('.');
        for (String token : List.of(
                " ",
                ".",
                "..",
                "...",
                "a.b.c",
                "\u0000",
                "e30.e30.",
                good + "." + good,
                good + good,
                good.substring(0, dot),
                good.substring(0, dot + 1),
                good.substring(1),
                "Bearer " + good,
                good.substring(0, dot + 1) + "====")) {
            assertThat(reason(token)).as(token).isEqualTo(INVALID_TOKEN);
        }
    }

    @Test
    void oneChangedCharacterMakesATokenInvalid() {
        String good = signed(HS256, claims(""));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            // The last character of the signature carries two spare bits, so it is left alone.
            int at = random.nextInt(good.length() - 1);
            char other = (char) (33 + random.nextInt(94));
            String changed = good.substring(0, at) + other + good.substring(at + 1);
            if (other != good.charAt(at)) {
                assertThat(reason(changed)).as("seed %d, %s", seed, changed).isEqualTo(INVALID_TOKEN);
            }
        }
    }

    @Test
    void hugeTokensAreNotLookedAt() {
        String filler = "x".repeat(JwtAuthenticator.MAX_TOKEN_LENGTH);
        assertThat(reason(signed(HS256, claims("\"note\":\"" + filler + "\"")))).isEqualTo(INVALID_TOKEN);
        assertThat(reason(filler)).isEqualTo(INVALID_TOKEN);
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(reason(signed(HS256, claims("\"a\":" + deep)))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void theConnectDataComesFirst() {
        Handshake handshake = handshake(Map.of("Authorization", List.of("Bearer " + token("ben"))));
        assertThat(user(authenticator, Optional.of(auth(token("ana"))), handshake))
                .isEqualTo("ana");
        assertThat(user(authenticator, Optional.of(auth("")), handshake)).isEqualTo("ben");
        assertThat(user(authenticator, Optional.of(Payload.parse("{\"token\":null}")), handshake))
                .isEqualTo("ben");
        assertThat(user(authenticator, Optional.of(Payload.parse("[1]")), handshake))
                .isEqualTo("ben");
        assertThat(user(authenticator, Optional.empty(), handshake)).isEqualTo("ben");
    }

    @Test
    void aBadTokenIsNotMadeGoodByALaterPlace() {
        Handshake handshake = handshake(Map.of("Authorization", List.of("Bearer " + token("ben"))));
        assertThat(reason(authenticator, Optional.of(auth("nonsense")), handshake))
                .isEqualTo(INVALID_TOKEN);
        for (String token : List.of("7", "true", "{}", "[\"" + token("ana") + "\"]")) {
            Payload data = Payload.parse("{\"token\":" + token + "}");
            assertThat(reason(authenticator, Optional.of(data), handshake)).isEqualTo(INVALID_TOKEN);
        }
    }

    @Test
    void theBearerSchemeIsReadInAnyCaseAndNoOtherSchemeCounts() {
        for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
            Handshake handshake = handshake(Map.of("authorization", List.of(scheme + token("ben"))));
            assertThat(user(authenticator, Optional.empty(), handshake)).isEqualTo("ben");
        }
        for (String header :
                List.of("Basic " + token("ben"), token("ben"), "Bearer", "Bearer ", "Bearer" + token("b"))) {
            Handshake handshake = handshake(Map.of("Authorization", List.of(header)));
            assertThat(reason(authenticator, Optional.empty(), handshake)).isEqualTo(NO_TOKEN);
        }
    }

    @Test
    void theCookieCountsOnlyWhenSwitchedOn() {
        Handshake handshake = handshake(Map.of("Cookie", List.of("theme=dark; accessToken=" + token("ben"))));
        Handshake empty = handshake(Map.of("Cookie", List.of("accessToken=; AccessToken=" + token("ben"))));
        JwtAuthenticator withCookie = with(SETTINGS.withCookie());
        assertThat(reason(authenticator, Optional.empty(), handshake)).isEqualTo(NO_TOKEN);
        assertThat(user(withCookie, Optional.empty(), handshake)).isEqualTo("ben");
        assertThat(reason(withCookie, Optional.empty(), empty)).isEqualTo(NO_TOKEN);
    }

    @Test
    void theQueryIsNeverRead() {
        Handshake handshake = new Handshake(
                "/socket.io/", Map.of("token", token("ana"), "accessToken", token("ana")), Map.of(), Optional.empty());
        assertThat(reason(with(SETTINGS.withCookie()), Optional.empty(), handshake))
                .isEqualTo(NO_TOKEN);
    }

    private JwtAuthenticator with(JwtSettings settings) {
        return new JwtAuthenticator(settings, () -> now);
    }

    private static String token(String user) {
        return signed(HS256, "{\"userId\":\"" + user + "\",\"role\":\"patient\"}");
    }

    private static Handshake handshake(Map<String, List<String>> headers) {
        return new Handshake("/socket.io/", Map.of(), headers, Optional.empty());
    }

    private static String user(JwtAuthenticator authenticator, Optional<Payload> data, Handshake handshake) {
        return authenticator
                .authenticate(new Credentials(data, handshake))
                .user()
                .value();
    }

    private Reason reason(String token) {
        return reason(authenticator, token);
    }

    private static Reason reason(JwtAuthenticator authenticator, String token) {
        return catchThrowableOfType(AuthenticationException.class, () -> authenticator.verify(token))
                .reason();
    }

    private static Reason reason(JwtAuthenticator authenticator, Optional<Payload> data, Handshake handshake) {
        Credentials credentials = new Credentials(data, handshake);
        return catchThrowableOfType(AuthenticationException.class, () -> authenticator.authenticate(credentials))
                .reason();
    }
}
