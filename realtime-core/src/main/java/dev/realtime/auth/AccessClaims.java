package dev.realtime.auth;

import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The claims of a token whose signature is right, read as a principal. Expiry is looked at last, so that "expired"
 * is said only of a token that was good. The claim {@code iat} is not looked at: clocks of issuers run ahead.
 */
final class AccessClaims {
    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final Duration skew;
    private final InstantSource time;

    AccessClaims(JwtSettings settings, InstantSource time) {
        this.issuer = settings.issuer();
        this.audience = settings.audience();
        this.skew = settings.clockSkew();
        this.time = time;
    }

    Principal principal(DecodedJWT token) {
        UserId user = user(token);
        String role = text(token, "role").filter(name -> !name.isEmpty()).orElseThrow(() -> invalid("role"));
        require(text(token, "type").orElse("access").equals("access"), "type");
        issuer.ifPresent(name -> require(name.equals(text(token, "iss").orElse("")), "iss"));
        audience.ifPresent(name -> require(audienceOf(token).contains(name), "aud"));
        Instant now = time.instant();
        Optional<Instant> notBefore = Optional.ofNullable(token.getNotBeforeAsInstant());
        require(notBefore.isEmpty() || !now.plus(skew).isBefore(notBefore.get()), "nbf");
        Optional<Instant> expiresAt = Optional.ofNullable(token.getExpiresAtAsInstant());
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get().plus(skew))) {
            throw new AuthenticationException(Reason.TOKEN_EXPIRED, "the token of " + user + " expired");
        }
        return new Principal(user, role, expiresAt);
    }

    private static UserId user(DecodedJWT token) {
        String id = text(token, "userId").or(() -> text(token, "sub")).orElseThrow(() -> invalid("userId"));
        return new UserId(id);
    }

    /** A claim that is a text; empty when absent or null, refused when it is anything else. */
    private static Optional<String> text(DecodedJWT token, String name) {
        Claim claim = token.getClaim(name);
        if (claim.isMissing() || claim.isNull()) {
            return Optional.empty();
        }
        return Optional.of(Optional.ofNullable(claim.asString()).orElseThrow(() -> invalid(name)));
    }

    private static List<String> audienceOf(DecodedJWT token) {
        return Optional.ofNullable(token.getAudience()).orElse(List.of());
    }

    private static void require(boolean right, String claim) {
        if (!right) {
            throw invalid(claim);
        }
    }

    private static AuthenticationException invalid(String claim) {
        return new AuthenticationException(Reason.INVALID_TOKEN, "the claim " + claim + " is missing or refused");
    }
}
