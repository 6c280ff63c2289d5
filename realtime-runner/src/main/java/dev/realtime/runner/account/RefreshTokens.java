package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Gives out refresh tokens and takes them back. Safe for many threads and, on one database, for several nodes.
 *
 * <p>A token is good once: it is exchanged for the next of its family. A token that was exchanged before tells that
 * somebody has a copy, so its whole family ends (RFC 9700 section 4.14.2). To clients a token is 65 characters
 * without meaning; it names its family (128 random bits) and proves itself (256 random bits). The store keeps the
 * SHA-256 of the newest proof alone, so a family needs one row however often it is continued, and every older proof
 * is known by not being the newest.
 *
 * <p>Two requests that show the same good token at the same moment, as two tabs of a browser do, are no theft: one
 * wins, and the other is refused without ending the family. That holds as long as both have read the family before
 * either has changed it; whoever comes later counts as reuse.
 */
public final class RefreshTokens {
    private static final int FAMILY_LENGTH = 22;
    private static final int PROOF_LENGTH = 43;

    private final SecureRandom random = new SecureRandom();
    private final RefreshFamilyStore store;
    private final Duration expiry;
    private final InstantSource time;

    /** Tokens that live for {@code expiry} and are kept in {@code store}. */
    public RefreshTokens(RefreshFamilyStore store, Duration expiry, InstantSource time) {
        this.store = store;
        this.expiry = expiry;
        this.time = time;
    }

    /** A token and whose it is. */
    public record Renewed(UserId user, String token) {
        @Override
        public String toString() {
            return "Renewed[" + user + "]";
        }
    }

    /** How long a token lives. */
    public Duration expiry() {
        return expiry;
    }

    /** The first token of a new family. */
    public String begin(UserId user) {
        Instant now = time.instant();
        String id = randomText(16);
        String proof = randomText(32);
        store.insert(new RefreshFamily(id, user, hash(proof), now.plus(expiry)), now);
        return id + proof;
    }

    /**
     * Exchanges a token for the next one. {@link AuthenticationException} tells that it is expired or, in every other
     * case, invalid.
     */
    public Renewed exchange(String token) {
        RefreshFamily family = family(token).orElseThrow(() -> refused(Reason.INVALID_TOKEN, "unknown refresh token"));
        if (!isSame(family.tokenHash(), hash(token.substring(FAMILY_LENGTH)))) {
            store.remove(family.id());
            throw refused(Reason.INVALID_TOKEN, "a refresh token of " + family.user() + " was shown again");
        }
        Instant now = time.instant();
        if (!now.isBefore(family.expiresAt())) {
            throw refused(Reason.TOKEN_EXPIRED, "the refresh token of " + family.user() + " expired");
        }
        String proof = randomText(32);
        if (!store.replace(family, family.continuedBy(hash(proof), now.plus(expiry)))) {
            throw refused(Reason.INVALID_TOKEN, "two requests with one refresh token of " + family.user());
        }
        return new Renewed(family.user(), family.id() + proof);
    }

    /** Makes all tokens of the user good for nothing. */
    public void revokeAll(UserId user) {
        store.removeAll(user);
    }

    private Optional<RefreshFamily> family(String token) {
        return token.length() == FAMILY_LENGTH + PROOF_LENGTH
                ? store.find(token.substring(0, FAMILY_LENGTH))
                : Optional.empty();
    }

    private String randomText(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return text(content);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String proof) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return text(digest.digest(proof.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String text(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    private static AuthenticationException refused(Reason reason, String detail) {
        return new AuthenticationException(reason, detail);
    }
}
