package dev.realtime.transport;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket message, text or binary. A frame that is sent keeps its bytes as they go over the wire (RFC 6455
 * section 5.2: server to client, final, unmasked), so that one encoding serves every session that receives it.
 *
 * <p>Immutable to its users and safe for many threads. Byte arrays are shared, not copied: nobody may change them.
 */
public final class Frame {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private static final int NOT_COUNTED = -1;

    private final boolean isText;
    private final int count;
    private volatile @Nullable String text;
    private volatile byte @Nullable [] wire;

    private Frame(boolean isText, int count, @Nullable String text, byte @Nullable [] wire) {
        this.isText = isText;
        this.count = count;
        this.text = text;
        this.wire = wire;
    }

    /** A text frame; its bytes are made when first asked for. */
    public static Frame text(String text) {
        return new Frame(true, NOT_COUNTED, text, null);
    }

    /** A text frame that has arrived, in so many bytes of UTF-8. */
    public static Frame text(String text, int bytes) {
        return new Frame(true, bytes, text, null);
    }

    /** A text frame of the first {@code length} bytes of {@code utf8}, copied. */
    public static Frame text(byte[] utf8, int length) {
        return new Frame(true, length, null, withHeader(TEXT, utf8, length));
    }

    /** A binary frame. */
    public static Frame binary(byte[] content) {
        return new Frame(false, content.length, null, withHeader(BINARY, content, content.length));
    }

    /** Whether this is a text frame; else it is binary. */
    public boolean isText() {
        return isText;
    }

    /** The characters of a text frame. */
    public String text() {
        String known = text;
        if (known == null) {
            byte[] bytes = wire();
            int start = headerLength(bytes);
            known = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** The content without the WebSocket header, copied; UTF-8 for a text frame. */
    public byte[] content() {
        byte[] bytes = wire();
        int start = headerLength(bytes);
        byte[] content = new byte[bytes.length - start];
        System.arraycopy(bytes, start, content, 0, content.length);
        return content;
    }

    /** How many bytes the content has, without the WebSocket header; text is counted as UTF-8 and not encoded. */
    public int length() {
        return count == NOT_COUNTED ? utf8Length(requireText()) : count;
    }

    /** The bytes of the whole WebSocket frame, header first. Shared: only for reading. */
    public byte[] wire() {
        byte[] known = wire;
        if (known == null) {
            byte[] utf8 = requireText().getBytes(StandardCharsets.UTF_8);
            known = withHeader(TEXT, utf8, utf8.length);
            wire = known;
        }
        return known;
    }

    /** The size on the wire in bytes, header included. */
    public int size() {
        return wire().length;
    }

    private String requireText() {
        String known = text;
        if (known == null) {
            throw new IllegalStateException("a frame has text or bytes");
        }
        return known;
    }

    private static byte[] withHeader(int firstByte, byte[] content, int length) {
        int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        byte[] frame = new byte[header + length];
        frame[0] = (byte) firstByte;
        if (header == 2) {
            frame[1] = (byte) length;
        } else if (header == 4) {
            frame[1] = 126;
            frame[2] = (byte) (length >>> 8);
            frame[3] = (byte) length;
        } else {
            frame[1] = 127;
            for (int i = 0; i < 4; i++) {
                frame[9 - i] = (byte) (length >>> (8 * i));
            }
        }
        System.arraycopy(content, 0, frame, header, length);
        return frame;
    }

    private static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }

    private static int headerLength(byte[] wire) {
        int marker = wire[1] & 0x7f;
        return marker < 126 ? 2 : marker == 126 ? 4 : 10;
    }
}
