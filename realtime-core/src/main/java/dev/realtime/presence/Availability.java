package dev.realtime.presence;

/** How somebody can be reached. */
public enum Availability {
    ONLINE,
    AWAY,
    BUSY,
    /** In a call; shown while one lasts, whatever the user has set. */
    IN_CALL,
    /** Not connected, or not to be seen as such. */
    OFFLINE
}
