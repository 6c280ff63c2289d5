package dev.realtime.runner.server;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the frames of a WebSocket client (RFC 6455 section 5) from the bytes of its connection and puts messages
 * together. Memory grows only with bytes that have arrived, is bounded by the limit, and is given back with each
 * message; a frame announced above the limit is refused at its header and skipped.
 *
 * <p>For one thread at a time.
 */
final class FrameReader {
    private static final byte[] EMPTY = new byte[0];
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MAX_CONTROL = 125;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int NO_CODE = 1005;
    /** In characters. */
    private static final int SCRATCH = 1024;

    /** What the bytes meant, in their order. */
    interface Meaning {
        /** A whole text message, which came in so many bytes of UTF-8. */
        void text(String text, int bytes);

        /** A whole binary message; the array belongs to the listener. */
        void binary(byte[] content);

        /** A ping with its content, at most 125 bytes. */
        void ping(byte[] content);

        /** The answer to a ping of ours. */
        void pong();

        /** The client's close frame, 1005 when it has no code; nothing follows. */
        void closed(int code, String text);

        /** A message above the limit. Nothing but the close frame follows. */
        void tooLarge();

        /** Bytes that are not RFC 6455, with the close code to answer. Nothing follows. */
        void broken(int code, String why);
    }

    private enum Stage {
        OPCODE,
        LENGTH,
        LONG_LENGTH,
        MASK,
        CONTENT
    }

    private final int limit;
    private final Meaning meaning;

    private Stage stage = Stage.OPCODE;
    private int opcode;
    private boolean isFinal;
    private int headerLeft;
    private long length;
    private int mask;
    private int maskTurn;

    /** The kind of the message being put together; 0 between messages. */
    private int message;

    private final MessageBytes content = new MessageBytes();
    private byte[] control = EMPTY;
    private int controlSize;
    private boolean isSkipping;
    private boolean isOver;

    FrameReader(int limit, Meaning meaning) {
        this.limit = limit;
        this.meaning = meaning;
    }

    /** Takes all bytes of {@code in}. */
    void read(ByteBuffer in) {
        while (in.hasRemaining() && !isOver) {
            switch (stage) {
                case OPCODE -> opcode(in.get());
                case LENGTH -> length(in.get());
                case LONG_LENGTH -> longLength(in.get());
                case MASK -> mask(in.get());
                case CONTENT -> content(in);
            }
        }
    }

    private void opcode(byte first) {
        opcode = first & 0x0f;
        isFinal = (first & 0x80) != 0;
        boolean isControl = opcode >= CLOSE;
        if ((first & 0x70) != 0 || opcode > PONG || (opcode > BINARY && !isControl)) {
            broken(PROTOCOL_ERROR, "reserved bits or opcode");
        } else if (isControl && !isFinal) {
            broken(PROTOCOL_ERROR, "fragmented control frame");
        } else if (!isControl && !isSkipping && (opcode == CONTINUATION) != (message != 0)) {
            broken(PROTOCOL_ERROR, "fragments out of order");
        } else {
            stage = Stage.LENGTH;
        }
    }

    private void length(byte second) {
        int marker = second & 0x7f;
        if ((second & 0x80) == 0) {
            broken(PROTOCOL_ERROR, "unmasked frame");
        } else if (opcode >= CLOSE && marker > MAX_CONTROL) {
            broken(PROTOCOL_ERROR, "long control frame");
        } else if (marker <= MAX_CONTROL) {
            length = marker;
            masking();
        } else {
            length = 0;
            headerLeft = marker == 126 ? 2 : 8;
            stage = Stage.LONG_LENGTH;
        }
    }

    private void longLength(byte next) {
        length = length << 8 | (next & 0xff);
        if (--headerLeft > 0) {
            return;
        }
        if (length < 0) {
            broken(PROTOCOL_ERROR, "negative length");
        } else {
            masking();
        }
    }

    private void masking() {
        headerLeft = 4;
        stage = Stage.MASK;
    }

    private void mask(byte next) {
        mask = mask << 8 | (next & 0xff);
        if (--headerLeft > 0) {
            return;
        }
        maskTurn = 0;
        stage = Stage.CONTENT;
        if (opcode >= CLOSE) {
            control = length == 0 ? EMPTY : new byte[(int) length];
            controlSize = 0;
        } else if (!isSkipping && length > limit - content.size()) {
            skip();
        } else if (opcode != CONTINUATION) {
            message = opcode;
        }
        if (length == 0) {
            frameEnds();
        }
    }

    private void content(ByteBuffer in) {
        int available = (int) Math.min(in.remaining(), length);
        if (opcode >= CLOSE) {
            unmasked(in, control, controlSize, available);
            controlSize += available;
        } else if (isSkipping) {
            in.position(in.position() + available);
        } else {
            keep(in, available);
        }
        length -= available;
        if (length == 0) {
            frameEnds();
        }
    }

    /** Room for a frame that is the last is made up to what it announced, else up to the limit. */
    private void keep(ByteBuffer in, int available) {
        long most = isFinal ? length : limit - content.size();
        for (int left = available; left > 0; ) {
            byte[] chunk = content.chunk(left, most);
            int count = Math.min(left, chunk.length - content.start());
            unmasked(in, chunk, content.start(), count);
            content.added(count);
            left -= count;
            most -= count;
        }
    }

    private void unmasked(ByteBuffer in, byte[] target, int start, int count) {
        in.get(target, start, count);
        int turn = maskTurn;
        for (int i = start; i < start + count; i++) {
            target[i] ^= (byte) (mask >>> (24 - 8 * (turn++ & 3)));
        }
        maskTurn = turn & 3;
    }

    private void frameEnds() {
        stage = Stage.OPCODE;
        switch (opcode) {
            case CLOSE -> closeArrived();
            case PING -> pingArrived();
            case PONG -> pongArrived();
            default -> fragmentArrived();
        }
    }

    private void fragmentArrived() {
        if (isSkipping || !isFinal) {
            return;
        }
        boolean isText = message == TEXT;
        byte[] whole = content.taken();
        message = 0;
        if (!isText) {
            meaning.binary(whole);
            return;
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        if (isReplaced(text) && !isUtf8(whole)) {
            broken(NOT_UTF8, "text that is not UTF-8");
        } else {
            meaning.text(text, whole.length);
        }
    }

    private void pingArrived() {
        byte[] ping = control;
        control = EMPTY;
        if (!isSkipping) {
            meaning.ping(ping);
        }
    }

    private void pongArrived() {
        control = EMPTY;
        if (!isSkipping) {
            meaning.pong();
        }
    }

    private void closeArrived() {
        if (control.length == 0) {
            over();
            meaning.closed(NO_CODE, "");
            return;
        }
        int code = control.length == 1 ? 0 : (control[0] & 0xff) << 8 | (control[1] & 0xff);
        byte[] text = control.length == 1 ? EMPTY : Arrays.copyOfRange(control, 2, control.length);
        if (!mayBeSent(code)) {
            broken(PROTOCOL_ERROR, "close code");
        } else if (!isUtf8(text)) {
            broken(NOT_UTF8, "close reason that is not UTF-8");
        } else {
            over();
            meaning.closed(code, new String(text, StandardCharsets.UTF_8));
        }
    }

    /** RFC 6455 section 7.4 and the codes registered since. */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1013) || (code >= 3000 && code <= 4999);
    }

    /** Decoding puts U+FFFD where bytes are wrong; a text that has it from the client is checked the slow way. */
    private static boolean isReplaced(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length, SCRATCH) + 1);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isUnderflow();
    }

    private void skip() {
        isSkipping = true;
        forgetMessage();
        meaning.tooLarge();
    }

    private void broken(int code, String why) {
        over();
        meaning.broken(code, why);
    }

    private void over() {
        isOver = true;
        control = EMPTY;
        forgetMessage();
    }

    private void forgetMessage() {
        message = 0;
        content.clear();
    }
}
