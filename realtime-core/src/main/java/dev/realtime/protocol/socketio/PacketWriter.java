package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Puts one text packet together in a byte array; values are copied in as the bytes they already have. */
final class PacketWriter {
    private byte[] bytes = new byte[512];
    private int length;
    private boolean isFirst = true;

    /** Begins with the header; {@code attachments} is written for the binary types only, where it is above zero. */
    PacketWriter(int type, int attachments, String namespace) {
        one('4');
        one('0' + type);
        if (attachments > 0) {
            ascii(Integer.toString(attachments));
            one('-');
        }
        if (!namespace.equals("/")) {
            all(namespace.getBytes(StandardCharsets.UTF_8));
            one(',');
        }
    }

    /** The number of the ack; it ends the header. */
    PacketWriter id(long number) {
        ascii(Long.toString(number));
        return this;
    }

    PacketWriter open() {
        one('[');
        return this;
    }

    PacketWriter close() {
        one(']');
        return this;
    }

    /** An element of the list, as a JSON string. */
    PacketWriter element(String text) {
        separate();
        if (needsEscapes(text)) {
            all(Payload.of(text).json());
        } else {
            one('"');
            ascii(text);
            one('"');
        }
        return this;
    }

    /** An element of the list. */
    PacketWriter element(Payload value) {
        separate();
        return value(value);
    }

    /** Elements of the list. */
    PacketWriter elements(List<Payload> values) {
        for (Payload value : values) {
            element(value);
        }
        return this;
    }

    /** A value where it is the whole payload. */
    PacketWriter value(Payload value) {
        all(value.json());
        return this;
    }

    Frame end() {
        return Frame.text(bytes, length);
    }

    private void separate() {
        if (!isFirst) {
            one(',');
        }
        isFirst = false;
    }

    private static boolean needsEscapes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return true;
            }
        }
        return false;
    }

    private void one(int character) {
        reserve(1);
        bytes[length++] = (byte) character;
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void all(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more + 16));
        }
    }
}
