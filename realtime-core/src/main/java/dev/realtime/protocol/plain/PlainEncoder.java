package dev.realtime.protocol.plain;

import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.transport.Frame;
import java.util.List;

/** Writes what there is to say as one JSON object each. */
final class PlainEncoder {
    private PlainEncoder() {}

    static List<Frame> encode(Outbound message) {
        if (message instanceof Outbound.Event event) {
            return with(Payload.object().put("event", event.name()), event.arguments());
        }
        if (message instanceof Outbound.Ack ack) {
            return with(Payload.object().put("reply", ack.id()), ack.arguments());
        }
        if (message instanceof Outbound.Refused refused) {
            return List.of(LastWord.refusing(refused));
        }
        // A connect is answered by the session's first event, a disconnect by the close code.
        return List.of();
    }

    private static List<Frame> with(ObjectWriter object, List<Payload> arguments) {
        arguments.stream().limit(1).forEach(data -> object.put("data", BinaryValues.written(data)));
        return List.of(frame(object));
    }

    static Frame frame(ObjectWriter object) {
        byte[] json = object.end().json();
        return Frame.text(json, json.length);
    }
}
