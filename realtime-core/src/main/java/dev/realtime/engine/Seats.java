package dev.realtime.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one room on this node. Reading takes no lock and sees each session that was there throughout;
 * changes are made by one thread at a time.
 *
 * <p>Seats are taken in place and left empty in place, so that ten thousand sessions can join or leave one room
 * without ten thousand copies of it; the array is copied only when it is full or mostly empty.
 */
final class Seats {
    private static final int SMALLEST = 4;

    private volatile @Nullable LiveSession[] seats = new LiveSession[SMALLEST];
    private int end;
    private int taken;

    /** Seats the session, unless it has a seat. */
    void add(LiveSession session) {
        if (indexOf(session) >= 0) {
            return;
        }
        if (end == seats.length) {
            rebuild(Math.max(SMALLEST, 2 * taken));
        }
        @Nullable LiveSession[] current = seats;
        current[end++] = session;
        taken++;
        // Written again so that readers of the volatile see what is in it.
        seats = current;
    }

    /** Empties the session's seat, when it has one. */
    void remove(LiveSession session) {
        int index = indexOf(session);
        if (index < 0) {
            return;
        }
        @Nullable LiveSession[] current = seats;
        current[index] = null;
        taken--;
        seats = current;
        if (end > 4 * SMALLEST && taken < end / 4) {
            rebuild(2 * taken);
        }
    }

    boolean isEmpty() {
        return taken == 0;
    }

    int count() {
        return taken;
    }

    void forEach(Consumer<LiveSession> action) {
        for (LiveSession session : seats) {
            if (session != null) {
                action.accept(session);
            }
        }
    }

    private int indexOf(LiveSession session) {
        @Nullable LiveSession[] current = seats;
        for (int i = end - 1; i >= 0; i--) {
            if (current[i] == session) {
                return i;
            }
        }
        return -1;
    }

    private void rebuild(int capacity) {
        @Nullable LiveSession[] next = new LiveSession[Math.max(SMALLEST, capacity)];
        int filled = 0;
        for (LiveSession session : Arrays.copyOf(seats, end)) {
            if (session != null) {
                next[filled++] = session;
            }
        }
        end = filled;
        seats = next;
    }
}
