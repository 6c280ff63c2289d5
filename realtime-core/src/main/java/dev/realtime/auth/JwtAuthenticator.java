package dev.realtime.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.json.Payload;
import dev.realtime.transport.Handshake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Believes signed tokens (RFC 7519). The first place that has one counts, and only that one: the field {@code token}
 * of the connect data, the header {@code Authorization: Bearer}, the cookie {@code accessToken} where that is
 * switched on. The query string is never read.
 *
 * <p>Safe for many threads; never blocks.
 *
 * <pre>{@code
 * TokenKey key = TokenKey.hs256(secret);
 * Authenticator authenticator = new JwtAuthenticator(JwtSettings.of(key), InstantSource.system());
 * }</pre>
 */
public final class JwtAuthenticator implements Authenticator {
    /** The longest token that is looked at, in characters. */
    public static final int MAX_TOKEN_LENGTH = 16 * 1024;

    private static final String SCHEME = "bearer ";

    private final JWT parser = new JWT();
    private final TokenKey key;
    private final AccessClaims claims;
    private final boolean acceptsCookie;
    private final Duration tolerance;

    /** Believes what {@code settings} allow, at the time that {@code time} tells. */
    public JwtAuthenticator(JwtSettings settings, InstantSource time) {
        this.key = settings.key();
        this.claims = new AccessClaims(settings, time);
        this.acceptsCookie = settings.acceptsCookie();
        this.tolerance = settings.clockSkew();
    }

    @Override
    public Principal authenticate(Credentials credentials) {
        return verify(token(credentials).orElseThrow(() -> refused(Reason.NO_TOKEN, "no token in any place")));
    }

    /** {@inheritDoc} It is the clock skew: else a session of a token that is just tolerated would end as it begins. */
    @Override
    public Duration tolerance() {
        return tolerance;
    }

    /** The user a token stands for; {@link AuthenticationException} when it does not stand for one, or not any more. */
    public Principal verify(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw refused(Reason.INVALID_TOKEN, "the token has " + token.length() + " characters");
        }
        try {
            DecodedJWT decoded = parser.decodeJwt(token);
            requireHeader(decoded);
            key.verify(decoded);
            return claims.principal(decoded);
        } catch (AuthenticationException known) {
            throw known;
        } catch (RuntimeException misread) {
            // The library's parser meets text from outside. Whatever it stumbles over, the token proves nothing.
            throw refused(Reason.INVALID_TOKEN, misread.getClass().getSimpleName());
        }
    }

    private Optional<String> token(Credentials credentials) {
        Handshake handshake = credentials.handshake();
        return credentials
                .connect()
                .flatMap(JwtAuthenticator::connectToken)
                .or(() -> handshake.header("Authorization").flatMap(JwtAuthenticator::bearerToken))
                .or(() -> acceptsCookie ? handshake.cookie("accessToken").flatMap(JwtAuthenticator::present) : none());
    }

    private static Optional<String> connectToken(Payload data) {
        Optional<Payload> token = data.get("token");
        if (token.isPresent() && !token.get().is(Payload.Kind.TEXT)) {
            throw refused(Reason.INVALID_TOKEN, "the token is not a text");
        }
        return token.map(Payload::asText).flatMap(JwtAuthenticator::present);
    }

    private static Optional<String> bearerToken(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? present(header.substring(SCHEME.length()).strip())
                : none();
    }

    private static Optional<String> present(String token) {
        return Optional.of(token).filter(text -> !text.isEmpty());
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private void requireHeader(DecodedJWT token) {
        if (!key.algorithm().equals(token.getAlgorithm())) {
            throw refused(Reason.INVALID_TOKEN, "the header names another algorithm than " + key.algorithm());
        }
        // RFC 7515 section 4.1.11: who does not understand a critical extension refuses. A key that travels in the
        // token proves nothing either.
        if (!token.getHeaderClaim("crit").isMissing()
                || !token.getHeaderClaim("jwk").isMissing()) {
            throw refused(Reason.INVALID_TOKEN, "the header has a critical extension or a key of its own");
        }
    }

    private static AuthenticationException refused(Reason reason, String detail) {
        return new AuthenticationException(reason, detail);
    }
}
