package dev.realtime.protocol;

import dev.realtime.json.Payload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client said, in any protocol. The namespace is {@code "/"} where a protocol has none. */
public sealed interface Inbound {

    /** The namespace spoken to. */
    String namespace();

    /** The client wants a session; {@code data} is its auth object, when it sent one. */
    record Connect(String namespace, Optional<Payload> data) implements Inbound {}

    /** The client ends its session of the namespace and keeps the connection. */
    record Disconnect(String namespace) implements Inbound {}

    /**
     * An event.
     *
     * @param ackId the number under which the client wants the answer
     * @param body name and arguments, read only when the event was admitted
     */
    record Event(String namespace, OptionalLong ackId, Body body) implements Inbound {}

    /**
     * The client's answer to an event of ours.
     *
     * @param id of what it answers; empty when it answers nothing
     */
    record Ack(String namespace, OptionalLong id, List<Payload> arguments) implements Inbound {}

    /** Something has begun whose rest follows in other frames; what it is comes with the last of them. */
    record Begun(String namespace) implements Inbound {}

    /** The part of an event that costs something to read. */
    @FunctionalInterface
    interface Body {
        /** Name and arguments; {@link ProtocolException} when they are not what the protocol allows. */
        Call read();
    }

    /** An event's name and arguments. */
    record Call(String event, List<Payload> arguments) {
        /** Copies the list. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        /** The same call in little memory, for one that has to wait; it is read again when it is used. */
        public Call packed() {
            return new Call(event, arguments.stream().map(Payload::packed).toList());
        }
    }
}
