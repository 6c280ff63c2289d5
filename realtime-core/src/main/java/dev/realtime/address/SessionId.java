package dev.realtime.address;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The public id of one session; clients see it as {@code socketId} and {@code sid}.
 *
 * @param value 20 characters of {@code A-Za-z0-9_-}
 */
public record SessionId(String value) {
    private static final int LENGTH = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Checks the form; {@link IllegalArgumentException} otherwise. */
    public SessionId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("a session id has 20 characters of A-Za-z0-9_-");
        }
    }

    /** Whether the text has the form of a session id. Without a regular expression: each connect and join asks. */
    public static boolean isOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return text.length() == LENGTH;
    }

    /** A new id of 120 random bits. */
    public static SessionId random() {
        byte[] bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        return new SessionId(Base64.getUrlEncoder().encodeToString(bytes));
    }

    /** By hand: each delivery compares ids, and a record looks for how to at run time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof SessionId that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
