package dev.realtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;

/**
 * Compact JSON (RFC 8259) on its way to becoming UTF-8 bytes. Every event and every answer is written through it, so
 * it does nothing but append: the structure is the caller's business. For one thread.
 *
 * <p>Half a surrogate pair, which UTF-8 cannot carry, is written as U+FFFD.
 */
final class JsonBytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final int REPLACEMENT = '\uFFFD';

    /** The longest form of one character: an escape of six bytes. */
    private static final int LONGEST = 6;

    private byte[] bytes;
    private int length;

    JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** The value as JSON. */
    static byte[] of(JsonNode value) {
        JsonBytes json = new JsonBytes(64);
        json.node(value);
        return json.end();
    }

    /** Makes room for about so many bytes more, which grow one by one otherwise. */
    JsonBytes expect(int more) {
        reserve(more);
        return this;
    }

    JsonBytes mark(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** ASCII without escapes, as numbers and literals are. */
    @SuppressWarnings("deprecation") // it copies the low byte of each character, which is all that ASCII has
    JsonBytes plain(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    /** A string with its quotes, of ASCII without escapes. */
    JsonBytes plainText(String ascii) {
        return mark('"').plain(ascii).mark('"');
    }

    /** JSON that is ready. */
    JsonBytes raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** A string with its quotes. */
    JsonBytes text(String text) {
        reserve(text.length() + 2);
        bytes[length++] = '"';
        for (int i = ordinary(text, 0); i < text.length(); i = ordinary(text, i)) {
            reserve(LONGEST + text.length() - i + 1);
            i += special(text, i, text.charAt(i));
        }
        bytes[length++] = '"';
        return this;
    }

    /** Appends from {@code from} on what stands for itself, for which there is room; where that ends. */
    private int ordinary(String text, int from) {
        byte[] to = bytes;
        int at = length - from;
        int i = from;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
                break;
            }
            to[at + i] = (byte) c;
        }
        length = at + i;
        return i;
    }

    byte[] end() {
        return Arrays.copyOf(bytes, length);
    }

    private void node(JsonNode value) {
        switch (value.getNodeType()) {
            case STRING -> text(value.textValue());
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case NULL, MISSING -> plain("null");
            case BOOLEAN -> plain(value.booleanValue() ? "true" : "false");
            default -> other(value);
        }
    }

    private void object(JsonNode object) {
        mark('{');
        boolean isFollowing = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (isFollowing) {
                mark(',');
            }
            text(field.getKey()).mark(':').node(field.getValue());
            isFollowing = true;
        }
        mark('}');
    }

    private void array(JsonNode array) {
        mark('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                mark(',');
            }
            node(array.get(i));
        }
        mark(']');
    }

    /** Fractions, binary values and foreign objects have their form from Jackson. */
    private void other(JsonNode value) {
        if (value.isIntegralNumber()) {
            plain(value.asText());
        } else {
            raw(Json.write(value));
        }
    }

    /** What cannot stand for itself, for which there is room; how many characters it took. */
    private int special(String text, int index, char c) {
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else if (!Character.isSurrogate(c)) {
            threeBytes(c);
        } else if (Character.isHighSurrogate(c)
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1))) {
            fourBytes(Character.toCodePoint(c, text.charAt(index + 1)));
            return 2;
        } else {
            threeBytes(REPLACEMENT);
        }
        return 1;
    }

    private void threeBytes(int c) {
        bytes[length++] = (byte) (0xe0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void fourBytes(int point) {
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (point & 0x3f));
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 0xf];
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more + 16));
        }
    }
}
