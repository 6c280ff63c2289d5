package dev.realtime.session;

/**
 * Hears of sessions that begin and end. Called on worker threads, for one session in order: opened, then closed,
 * each once. A listener that throws costs a log line.
 */
public interface SessionListener {

    /** The session is registered and its events are served. */
    default void opened(Session session) {}

    /** The session is gone. */
    default void closed(Session session, EndReason reason) {}
}
