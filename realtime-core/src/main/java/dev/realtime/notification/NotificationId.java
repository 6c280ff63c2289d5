package dev.realtime.notification;

import dev.realtime.address.TimedUuid;
import java.time.Instant;

/**
 * The id of a notification, made here or by the host.
 *
 * @param value 1 to 128 printable ASCII characters without a space
 */
public record NotificationId(String value) {
    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 128;

    /** Checks length and alphabet; {@link IllegalArgumentException} otherwise. */
    public NotificationId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a notification id has 1 to " + MAX_LENGTH + " characters, not " + value.length());
        }
        if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("a notification id has printable ASCII characters alone, and no space");
        }
    }

    /** A new one, {@code notif-} and a UUID of version 7 (RFC 9562). */
    public static NotificationId next(Instant now) {
        return new NotificationId("notif-" + TimedUuid.next(now));
    }

    @Override
    public String toString() {
        return value;
    }
}
