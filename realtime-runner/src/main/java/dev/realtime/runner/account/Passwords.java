package dev.realtime.runner.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import java.nio.charset.StandardCharsets;

/**
 * Hashes passwords with bcrypt, slow by purpose. Bcrypt itself looks at 72 bytes; a longer password is first replaced
 * by its SHA-512, so that every character of it counts. Safe for many threads; each call keeps a processor busy.
 */
public final class Passwords {
    /** The cost in use: about a quarter of a second on a processor of today. */
    public static final int COST = 12;
    /** The longest password, in characters. */
    public static final int MAX_LENGTH = 1024;

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final LongPasswordStrategy LONG = LongPasswordStrategies.hashSha512(VERSION);

    /** The length of both in a hash, in characters. */
    private static final int SALT_AND_DIGEST = 53;

    private final int cost;
    /** A well-formed hash that takes as long to compare as any other. */
    private final String nobodys;

    /** Hashes with 2 to the power of {@code cost} rounds; anything below {@link #COST} is for tests. */
    public Passwords(int cost) {
        this.cost = cost;
        this.nobodys = "$2a$" + (cost < 10 ? "0" : "") + cost + "$" + ".".repeat(SALT_AND_DIGEST);
    }

    /** The hash to keep, with a salt of its own in it. */
    public String hash(String password) {
        byte[] hash = BCrypt.with(VERSION, LONG).hash(cost, utf8(password));
        return new String(hash, StandardCharsets.US_ASCII);
    }

    /** Whether the hash is of this password. A hash that is none is of no password. */
    public boolean match(String password, String hash) {
        return !hash.isEmpty()
                && BCrypt.verifyer(VERSION, LONG)
                        .verify(utf8(password), hash.getBytes(StandardCharsets.US_ASCII))
                        .verified;
    }

    /** Takes as long as {@link #match} and says no: for users that do not exist, so that time does not tell. */
    public boolean matchNobody(String password) {
        match(password, nobodys);
        return false;
    }

    private static byte[] utf8(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
