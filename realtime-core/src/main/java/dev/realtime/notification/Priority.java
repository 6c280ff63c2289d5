package dev.realtime.notification;

/** How pressing a notification is. The server treats all alike; clients need not. */
public enum Priority {
    LOW,
    MEDIUM,
    HIGH,
    URGENT
}
