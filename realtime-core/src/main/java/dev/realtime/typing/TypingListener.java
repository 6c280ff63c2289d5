package dev.realtime.typing;

/** Hears who begins to write, goes on and stops. Called on worker threads. */
public interface TypingListener {

    /** The user writes; told again each time the client says so. */
    void started(Typing typing);

    /** The user has stopped, has not been heard of for a while, or is gone. */
    void stopped(Typing typing);
}
