package dev.realtime.testkit;

import dev.realtime.json.Payload;

/**
 * Sees what every test client of the JVM hears, whatever test it is in, and objects with an {@link AssertionError},
 * which the client throws when its test next asks it for something. Witnesses are found by
 * {@link java.util.ServiceLoader} and there need not be any. Called on any thread, by many at once.
 */
public interface Witness {

    /** The server granted or refused a session with this answer; over Socket.IO alone. */
    void connectAnswered(Payload answer);

    /** An event came. */
    void heard(String event, Payload data);

    /** An event of the client, whose argument was {@code sent}, was answered; that need not be JSON. */
    void acked(String event, String sent, Payload ack);

    /** A frame came; in the plain protocol alone, and beside what it says. */
    void framed(Payload frame);
}
