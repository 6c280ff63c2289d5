package dev.realtime.protocol.socketio;

import dev.realtime.json.InvalidJsonException;
import dev.realtime.json.Payload;
import dev.realtime.protocol.ProtocolException;
import java.util.List;

/** The JSON list of a packet, with its binary values in place. */
final class Arguments {
    private Arguments() {}

    static List<Payload> read(String json, Attachments attachments) {
        Payload list = parse(json);
        if (!list.is(Payload.Kind.ARRAY)) {
            throw new ProtocolException("arguments that are not a list");
        }
        return attachments.putInto(list).elements();
    }

    static Payload parse(String json) {
        try {
            return Payload.parse(json);
        } catch (InvalidJsonException refused) {
            throw new ProtocolException("not acceptable as JSON");
        }
    }
}
