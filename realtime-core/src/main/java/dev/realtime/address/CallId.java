package dev.realtime.address;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a call.
 *
 * @param value {@code call-} and a UUID in lower case
 */
public record CallId(String value) {
    private static final Pattern FORM = Pattern.compile("call-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Checks the form; {@link IllegalArgumentException} otherwise. */
    public CallId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a call id is call- and a UUID in lower case");
        }
    }

    /** A new id of 122 random bits. */
    public static CallId random() {
        return new CallId("call-" + UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value;
    }
}
