package dev.realtime.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * Which tokens are believed.
 *
 * @param key verifies them, with the one algorithm it is pinned to
 * @param issuer what the claim {@code iss} must say; empty when it is not looked at
 * @param audience what the claim {@code aud} must say or contain; empty when it is not looked at
 * @param clockSkew by how much clocks may differ when {@code exp} and {@code nbf} are compared with ours
 * @param acceptsCookie whether the cookie {@code accessToken} of the handshake counts as a place for a token
 */
public record JwtSettings(
        TokenKey key, Optional<String> issuer, Optional<String> audience, Duration clockSkew, boolean acceptsCookie) {

    /** Checks that the skew is not negative. */
    public JwtSettings {
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("the clock skew cannot be negative: " + clockSkew);
        }
    }

    /** Any issuer and audience, no skew, no cookie. */
    public static JwtSettings of(TokenKey key) {
        return new JwtSettings(key, Optional.empty(), Optional.empty(), Duration.ZERO, false);
    }

    /** The same, but only for tokens of this issuer. */
    public JwtSettings issuedBy(String onlyIssuer) {
        return new JwtSettings(key, Optional.of(onlyIssuer), audience, clockSkew, acceptsCookie);
    }

    /** The same, but only for tokens made out for this audience. */
    public JwtSettings madeFor(String onlyAudience) {
        return new JwtSettings(key, issuer, Optional.of(onlyAudience), clockSkew, acceptsCookie);
    }

    /** The same with another tolerance. */
    public JwtSettings tolerating(Duration skew) {
        return new JwtSettings(key, issuer, audience, skew, acceptsCookie);
    }

    /** The same with tokens in the cookie {@code accessToken} accepted. */
    public JwtSettings withCookie() {
        return new JwtSettings(key, issuer, audience, clockSkew, true);
    }
}
