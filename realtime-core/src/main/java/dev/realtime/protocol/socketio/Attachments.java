package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary frames of one packet, and their way into its JSON. They are bounded in bytes, both as they arrive and
 * as they are used, since a packet may name one of them many times.
 */
final class Attachments {
    /** For a packet that has none; what looks like a placeholder there is an object like any other. */
    static final Attachments NONE = new Attachments(0, 0);

    private final int count;
    private final int maxBytes;
    private final List<byte[]> contents;
    private long bytes;

    Attachments(int count, int maxBytes) {
        this.count = count;
        this.maxBytes = maxBytes;
        this.contents = new ArrayList<>(count);
    }

    /** Takes the next one; whether it was the last. */
    boolean add(Frame frame) {
        bytes += frame.length();
        requireRoom(bytes);
        contents.add(frame.content());
        return contents.size() == count;
    }

    /** The list with every placeholder replaced by the attachment it names. */
    Payload putInto(Payload list) {
        return count == 0 ? list : new Placing().place(list);
    }

    private void requireRoom(long used) {
        if (used > maxBytes) {
            throw new ProtocolException("attachments beyond their bound");
        }
    }

    private final class Placing {
        private long used;

        Payload place(Payload list) {
            return list.withBinary(this::named);
        }

        private Optional<byte[]> named(Payload object) {
            if (!object.get("_placeholder").map(Payload::asBoolean).orElse(false)) {
                return Optional.empty();
            }
            byte[] content = contents.get(index(object.get("num")));
            used += content.length;
            requireRoom(used);
            return Optional.of(content);
        }

        private int index(Optional<Payload> number) {
            double index = number.filter(value -> value.is(Payload.Kind.NUMBER))
                    .map(Payload::asDouble)
                    .orElse(-1.0);
            if (index < 0 || index >= count || index != Math.rint(index)) {
                throw new ProtocolException("a placeholder for an attachment that there is not");
            }
            return (int) index;
        }
    }
}
