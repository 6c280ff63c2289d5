package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The packets of one HTTP body (Engine.IO 4, "HTTP long-polling"): UTF-8 text with a record separator between them,
 * binary as {@code b} and base64. For one thread.
 */
final class PollPayload {
    private static final char SEPARATOR = '\u001e';
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "text/plain; charset=UTF-8", "Cache-Control", "no-store");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A body of one packet. */
    static HttpAnswer of(Frame packet) {
        PollPayload payload = new PollPayload();
        payload.add(packet);
        return payload.answer();
    }

    /** Hands the packets of a body to {@code reader}, in order, until it refuses one; tells whether it took all. */
    static boolean isTaken(byte[] body, Predicate<String> reader) {
        int start = 0;
        // The separator is one byte in UTF-8 and no part of any other character.
        for (int end = start; end < body.length; end++) {
            if (body[end] == SEPARATOR) {
                if (!reader.test(text(body, start, end))) {
                    return false;
                }
                start = end + 1;
            }
        }
        return reader.test(text(body, start, body.length));
    }

    private static String text(byte[] body, int start, int end) {
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    void add(List<Frame> packets) {
        packets.forEach(this::add);
    }

    void add(Frame packet) {
        if (bytes.size() > 0) {
            bytes.write(SEPARATOR);
        }
        byte[] content = packet.content();
        if (packet.isText()) {
            bytes.writeBytes(content);
        } else {
            bytes.write('b');
            bytes.writeBytes(Base64.getEncoder().encode(content));
        }
    }

    /** In bytes; 0 when there is no packet. */
    int length() {
        return bytes.size();
    }

    HttpAnswer answer() {
        return new HttpAnswer(200, HEADERS, bytes.toByteArray());
    }
}
