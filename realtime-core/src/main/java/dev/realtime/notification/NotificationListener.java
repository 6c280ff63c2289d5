package dev.realtime.notification;

import dev.realtime.address.UserId;
import java.util.function.LongSupplier;

/** Hears of inboxes after the store knows. Called on the thread that caused it, which may block. */
public interface NotificationListener {

    /** A new notification lies in the user's inbox; {@link #changed} follows. */
    void arrived(UserId user, Notification notification);

    /**
     * The number of unread notifications may have changed. {@code unread} asks the store for it, and throws what that
     * throws. For one user this is called once at a time on a node, so what was asked last is told last.
     */
    void changed(UserId user, LongSupplier unread);
}
