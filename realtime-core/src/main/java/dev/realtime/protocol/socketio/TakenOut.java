package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary values taken out of one packet, in walk order. The same array is sent once however often it stands in
 * the arguments, so that a packet passed on has no more attachments than it came with.
 */
final class TakenOut {
    private final int max;
    private final List<byte[]> contents = new ArrayList<>();

    TakenOut(int max) {
        this.max = max;
    }

    /** The values with placeholders where their binary values were; almost always the same list. */
    List<Payload> from(List<Payload> values) {
        for (Payload value : values) {
            if (value.hasBinary()) {
                return values.stream().map(this::from).toList();
            }
        }
        return values;
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    int count() {
        return contents.size();
    }

    List<Frame> framesAfter(Frame text) {
        if (contents.isEmpty()) {
            return List.of(text);
        }
        List<Frame> frames = new ArrayList<>(1 + contents.size());
        frames.add(text);
        contents.forEach(content -> frames.add(Frame.binary(content)));
        return List.copyOf(frames);
    }

    private Payload from(Payload value) {
        return value.hasBinary() ? value.withoutBinary(this::placeholder) : value;
    }

    private Payload placeholder(byte[] content) {
        return Payload.object()
                .put("_placeholder", true)
                .put("num", numberOf(content))
                .end();
    }

    private int numberOf(byte[] content) {
        for (int i = 0; i < contents.size(); i++) {
            if (contents.get(i) == content) {
                return i;
            }
        }
        if (contents.size() == max) {
            throw new IllegalArgumentException("a packet has at most " + max + " binary values");
        }
        contents.add(content);
        return contents.size() - 1;
    }
}
