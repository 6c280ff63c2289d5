package dev.realtime.protocol;

import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import java.util.List;
import java.util.Optional;

/** What we say to a client, in any protocol. */
public sealed interface Outbound {

    /** The namespace spoken in; {@code "/"} where a protocol has none. */
    String namespace();

    /**
     * The client's connect succeeded.
     *
     * @param privateId the secret with which the client can resume this session
     */
    record Connected(String namespace, SessionId session, Optional<String> privateId) implements Outbound {
        /** A session that cannot be resumed. */
        public Connected(String namespace, SessionId session) {
            this(namespace, session, Optional.empty());
        }
    }

    /** The client's connect was refused; {@code data} explains to programs. */
    record Refused(String namespace, String message, Optional<Payload> data) implements Outbound {}

    /**
     * An event with its arguments.
     *
     * @param offset its place, which the client shows again when it resumes
     */
    record Event(String namespace, String name, List<Payload> arguments, Optional<String> offset) implements Outbound {
        /** Copies the list. */
        public Event {
            arguments = List.copyOf(arguments);
        }

        /** An event that is not heard again. */
        public Event(String namespace, String name, List<Payload> arguments) {
            this(namespace, name, arguments, Optional.empty());
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
