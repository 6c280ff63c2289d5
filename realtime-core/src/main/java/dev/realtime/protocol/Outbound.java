package dev.realtime.protocol;

import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import java.util.List;
import java.util.Optional;

/** What we say to a client, in any protocol. */
public sealed interface Outbound {

    /** The namespace spoken in; {@code "/"} where a protocol has none. */
    String namespace();

    /** The client's connect succeeded. */
    record Connected(String namespace, SessionId session) implements Outbound {}

    /** The client's connect was refused; {@code data} explains to programs. */
    record Refused(String namespace, String message, Optional<Payload> data) implements Outbound {}

    /** An event with its arguments. */
    record Event(String namespace, String name, List<Payload> arguments) implements Outbound {
        /** Copies the list. */
        public Event {
            arguments = List.copyOf(arguments);
        }
    }

    /** The answer to an event of the client. */
    record Ack(String namespace, long id, List<Payload> arguments) implements Outbound {
        /** Copies the list. */
        public Ack {
            arguments = List.copyOf(arguments);
        }
    }

    /** The server ends the session of a namespace. */
    record Disconnected(String namespace) implements Outbound {}
}
