package dev.realtime.address;

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

    @Override
    public String toString() {
        return value;
    }
}
