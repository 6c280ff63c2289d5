package dev.realtime.runner.account;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Signs access tokens with HS256 (RFC 7519). Safe for many threads. */
public final class TokenIssuer {
    private final Algorithm algorithm;
    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final Duration expiry;
    private final InstantSource time;

    /** Tokens that live for {@code expiry}; issuer and audience are written where the verifier expects them. */
    public TokenIssuer(
            byte[] secret, Optional<String> issuer, Optional<String> audience, Duration expiry, InstantSource time) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.issuer = issuer;
        this.audience = audience;
        this.expiry = expiry;
        this.time = time;
    }

    /** How long a token lives. */
    public Duration expiry() {
        return expiry;
    }

    /** A token for the account, good from now on. */
    public String issue(Account account) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        JWTCreator.Builder token = JWT.create()
                .withClaim("userId", account.id().value())
                .withClaim("email", account.email())
                .withClaim("role", account.role())
                .withClaim("type", "access")
                .withIssuedAt(now)
                .withExpiresAt(now.plus(expiry))
                .withJWTId(UUID.randomUUID().toString());
        issuer.ifPresent(token::withIssuer);
        audience.ifPresent(token::withAudience);
        return token.sign(algorithm);
    }
}
