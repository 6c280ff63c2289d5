package dev.realtime.address;

import org.jspecify.annotations.Nullable;

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

    /** By hand: ids are keys of maps on the way of every event, and a record looks for how to at run time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof UserId that && value.equals(that.value));
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
