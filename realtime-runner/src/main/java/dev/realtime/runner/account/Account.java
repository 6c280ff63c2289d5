package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A user of the runner's own user table. It never shows the hash in logs.
 *
 * @param id who it is in rooms and messages
 * @param email the name to log in with, as it was given; 3 to 254 characters
 * @param firstName for people
 * @param lastName for people; may be empty
 * @param role 1 to 64 characters
 * @param phone where one is known
 * @param status whether the user may log in
 * @param isEmailVerified whether the address is known to be the user's
 * @param createdAt to the millisecond
 * @param updatedAt to the millisecond
 * @param passwordHash as {@link Passwords} makes it
 * @param isDemo whether it is one of {@link DemoData}, which nobody may use in production
 */
public record Account(
        UserId id,
        String email,
        String firstName,
        String lastName,
        String role,
        Optional<String> phone,
        Status status,
        boolean isEmailVerified,
        Instant createdAt,
        Instant updatedAt,
        String passwordHash,
        boolean isDemo) {

    /** The longest address, in characters (RFC 5321 section 4.5.3.1, less the brackets). */
    public static final int MAX_EMAIL_LENGTH = 254;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+");

    /** Whether a user may log in. */
    public enum Status {
        ACTIVE,
        SUSPENDED;

        /** The word clients read. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks address and role; {@link IllegalArgumentException} otherwise. Cuts the moments to milliseconds. */
    public Account {
        if (!isEmail(email)) {
            throw new IllegalArgumentException("not an email address");
        }
        if (role.isBlank() || role.length() > 64) {
            throw new IllegalArgumentException("a role has 1 to 64 characters");
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new active account with a random id, named after its address. */
    public static Account create(String email, String role, String passwordHash, Instant now) {
        String name = email.substring(0, Math.max(0, email.indexOf('@')));
        UserId id = new UserId(UUID.randomUUID().toString());
        return new Account(
                id, email, name, "", role, Optional.empty(), Status.ACTIVE, false, now, now, passwordHash, false);
    }

    /** Whether the text has the form of an address; whether mail arrives there is not asked. */
    public static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL_LENGTH && EMAIL.matcher(text).matches();
    }

    /** The form under which two spellings of one address are equal. */
    public static String emailKey(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Account[" + id + ", " + role + ", " + status + "]";
    }
}
