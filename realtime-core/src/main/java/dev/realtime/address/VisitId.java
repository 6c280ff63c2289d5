package dev.realtime.address;

import org.jspecify.annotations.Nullable;

/**
 * The id of a visit: an appointment between a patient and a provider, kept by the host application.
 *
 * @param value 1 to 190 characters of {@code A-Z a-z 0-9 . _ @ + = | ~ -}
 */
public record VisitId(String value) {
    /** The longest visit id, in characters. */
    public static final int MAX_LENGTH = 190;

    /** Checks length and alphabet; {@link IllegalArgumentException} otherwise. */
    public VisitId {
        Ids.requirePlain(value, MAX_LENGTH, "visit id");
    }

    /** By hand: ids are keys of maps on the way of every event, and a record looks for how to at run time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof VisitId that && value.equals(that.value));
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
