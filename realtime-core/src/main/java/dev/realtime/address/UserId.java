package dev.realtime.address;

/**
 * The id of a user, as the host application knows it.
 *
 * @param value 1 to 96 characters of {@code A-Z a-z 0-9 . _ @ + = | ~ -}
 */
public record UserId(String value) implements Comparable<UserId> {
    /** The longest user id, in characters. */
    public static final int MAX_LENGTH = 96;

    /** Checks length and alphabet; {@link IllegalArgumentException} otherwise. */
    public UserId {
        Ids.requirePlain(value, MAX_LENGTH, "user id");
    }

    /** Ascending by UTF-16 code unit, the order in which two users name their direct chat. */
    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
