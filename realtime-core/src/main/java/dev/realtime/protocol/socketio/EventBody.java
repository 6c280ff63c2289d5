package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import java.util.List;
import java.util.Set;

/** The name and arguments of an event, still as they came. */
final class EventBody implements Inbound.Body {
    private static final Set<String> RESERVED = Set.of("connect", "connect_error", "disconnect", "disconnecting");

    private final String json;
    private final Attachments attachments;

    EventBody(String json, Attachments attachments) {
        this.json = json;
        this.attachments = attachments;
    }

    @Override
    public Inbound.Call read() {
        List<Payload> list = Arguments.read(json, attachments);
        if (list.isEmpty()) {
            throw new ProtocolException("an event without a name");
        }
        return new Inbound.Call(name(list.get(0)), list.subList(1, list.size()));
    }

    private static String name(Payload first) {
        if (!first.is(Payload.Kind.TEXT) && !first.is(Payload.Kind.NUMBER)) {
            throw new ProtocolException("an event name that is neither text nor number");
        }
        String name = first.asText();
        if (RESERVED.contains(name)) {
            throw new ProtocolException("an event name of the protocol itself");
        }
        return name;
    }
}
