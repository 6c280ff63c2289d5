package dev.realtime.testkit;

import dev.realtime.address.UserId;
import dev.realtime.notification.Notice;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationId;
import java.time.Instant;
import java.util.UUID;

/** Notifications for tests. */
public final class Notifications {
    private Notifications() {}

    /** A notification with a new id, which says what it is told to. */
    public static Notification at(Instant moment, String message) {
        return Notification.of(freshId(), Notice.of("system_alert", "T", message), moment);
    }

    /** A short one. */
    public static Notification at(Instant moment) {
        return at(moment, "M");
    }

    /** An id that no other test knows. */
    public static NotificationId freshId() {
        return new NotificationId("n-" + UUID.randomUUID());
    }

    /** A user that no other test knows. */
    public static UserId freshUser() {
        return new UserId("user-" + UUID.randomUUID());
    }
}
