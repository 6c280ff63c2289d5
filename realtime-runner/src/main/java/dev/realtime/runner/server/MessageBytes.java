package dev.realtime.runner.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one message while they arrive, in chunks that are never copied to make them larger: each is as large
 * as what came before it. So what is held is at most twice what has arrived, and a message in a thousand fragments
 * costs no more than one in a piece.
 *
 * <p>For one thread at a time.
 */
final class MessageBytes {
    private static final byte[] NONE = new byte[0];

    private final List<byte[]> full = new ArrayList<>(0);
    private byte[] chunk = NONE;
    private int used;
    private int size;

    /** How many bytes there are. */
    int size() {
        return size;
    }

    /** Where the next bytes go, from {@link #start} on: at least one of {@code arrived}, of {@code most} to come. */
    byte[] chunk(int arrived, long most) {
        if (used == chunk.length) {
            if (used > 0) {
                full.add(chunk);
            }
            chunk = new byte[(int) Math.min(most, Math.max(arrived, size))];
            used = 0;
        }
        return chunk;
    }

    /** The first free place of the chunk. */
    int start() {
        return used;
    }

    /** So many bytes were put into the chunk. */
    void added(int count) {
        used += count;
        size += count;
    }

    /** All bytes in one array, which is the caller's; empty from then on. */
    byte[] taken() {
        byte[] whole = full.isEmpty() ? trimmed() : joined();
        clear();
        return whole;
    }

    /** Gives everything back. */
    void clear() {
        full.clear();
        chunk = NONE;
        used = 0;
        size = 0;
    }

    private byte[] trimmed() {
        return used == chunk.length ? chunk : Arrays.copyOf(chunk, used);
    }

    private byte[] joined() {
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] earlier : full) {
            System.arraycopy(earlier, 0, whole, at, earlier.length);
            at += earlier.length;
        }
        System.arraycopy(chunk, 0, whole, at, used);
        return whole;
    }
}
