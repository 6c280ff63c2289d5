package dev.realtime.session;

/**
 * Hears of sessions that begin and end. Called on worker threads, for one session in order: opened,
 * closed, and after each {@link #resumed} closed again. A listener that throws costs a log line.
 */
public interface SessionListener {

    /** The session is registered and its events are served. */
    default void opened(Session session) {}

    /** Its client is back; the session goes on, also when nobody was told that it was gone. */
    default void resumed(Session session) {}

    /** The session is gone, or has lost its connection and may be resumed. */
    default void closed(Session session, EndReason reason) {}
}
