package dev.realtime.protocol.plain;

import dev.realtime.json.InvalidJsonException;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the frames of one connection; it remembers whether there was a connect. */
final class PlainDecoder implements Decoder {
    private static final String NAMESPACE = "/";
    private static final String CONNECT = "connect";
    private static final Set<String> RESERVED = Set.of("connect_error", "disconnect", "disconnecting");
    private static final long MAX_ID = (1L << 53) - 1;

    private boolean hasConnected;

    @Override
    public Optional<Inbound> decode(Frame frame) {
        if (!frame.isText()) {
            throw new ProtocolException("a binary frame");
        }
        String text = frame.text();
        Payload object = parse(text);
        String event = name(object);
        Optional<Payload> data = object.get("data").map(value -> BinaryValues.read(value, text));
        return Optional.of(event.equals(CONNECT) ? connect(data) : event(event, data, id(object)));
    }

    private Inbound connect(Optional<Payload> data) {
        if (hasConnected) {
            throw new ProtocolException("a second connect");
        }
        if (data.filter(value -> !value.is(Payload.Kind.OBJECT)).isPresent()) {
            throw new ProtocolException("a connect with something else than an object");
        }
        hasConnected = true;
        return new Inbound.Connect(NAMESPACE, data);
    }

    private static Inbound event(String name, Optional<Payload> data, OptionalLong id) {
        Inbound.Call call = new Inbound.Call(name, data.map(List::of).orElseGet(List::of));
        return new Inbound.Event(NAMESPACE, id, () -> call);
    }

    private static String name(Payload object) {
        String name = object.get("event")
                .filter(value -> value.is(Payload.Kind.TEXT))
                .map(Payload::asText)
                .orElseThrow(() -> new ProtocolException("a frame without an event"));
        if (RESERVED.contains(name)) {
            throw new ProtocolException("an event name of the protocol itself");
        }
        return name;
    }

    private static OptionalLong id(Payload object) {
        Optional<Payload> id = object.get("id");
        return id.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(id.get()));
    }

    private static long number(Payload id) {
        double number = id.is(Payload.Kind.NUMBER) ? id.asDouble() : -1;
        if (number < 0 || number > MAX_ID || number != Math.rint(number)) {
            throw new ProtocolException("an id that is no whole number from 0 up to 2^53-1");
        }
        return (long) number;
    }

    private static Payload parse(String text) {
        try {
            return Payload.parse(text);
        } catch (InvalidJsonException refused) {
            throw new ProtocolException("not acceptable as JSON");
        }
    }
}
