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
            return event(event, event.arguments());
        }
        if (message instanceof Outbound.Connected connected) {
            return connected
                    .greeting()
                    .map(greeting -> greeted(connected, greeting))
                    .orElse(List.of());
        }
        if (message instanceof Outbound.Ack ack) {
            return List.of(frame(with(Payload.object().put("reply", ack.id()), ack.arguments())));
        }
        if (message instanceof Outbound.Refused refused) {
            return List.of(LastWord.refusing(refused));
        }
        // A disconnect is told by the close code.
        return List.of();
    }

    /** The answer to a connect is the session's first event, with the secret to resume it in its data. */
    private static List<Frame> greeted(Outbound.Connected connected, Outbound.Event greeting) {
        List<Payload> data = greeting.arguments().stream()
                .map(words -> connected
                        .privateId()
                        .map(id -> words.with("pid", Payload.of(id)))
                        .orElse(words))
                .toList();
        return event(greeting, data);
    }

    private static List<Frame> event(Outbound.Event event, List<Payload> arguments) {
        ObjectWriter object = with(Payload.object().put("event", event.name()), arguments);
        return List.of(frame(object.put("offset", event.offset())));
    }

    private static ObjectWriter with(ObjectWriter object, List<Payload> arguments) {
        arguments.stream().limit(1).forEach(data -> object.put("data", BinaryValues.written(data)));
        return object;
    }

    static Frame frame(ObjectWriter object) {
        byte[] json = object.end().json();
        return Frame.text(json, json.length);
    }
}
