package dev.realtime.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one room on this node. Reading takes no lock, sees each session that was there throughout, and none
 * twice; changes are made by one thread at a time.
 *
 * <p>Seats are taken in place and left empty in place, so that ten thousand sessions can join or leave one room
 * without ten thousand copies of it; the array is copied only when it is full or mostly empty. Who reads goes as far
 * as the row reached when he began: a session that leaves and returns meanwhile has its new seat behind that.
 */
final class Seats {
    private static final int SMALLEST = 4;

    private volatile Row row = new Row(new LiveSession[SMALLEST], 0);
    private int taken;

    /** The seats, and how many of them have ever been taken. */
    private static final class Row {
        final @Nullable LiveSession[] seats;
        final int end;

        Row(@Nullable LiveSession[] seats, int end) {
            this.seats = seats;
            this.end = end;
        }
    }

    /** Seats the session, unless it has a seat. */
    void add(LiveSession session) {
        if (indexOf(session) < 0) {
            addNew(session);
        }
    }

    /** Seats the session, which has no seat; without looking for it. */
    void addNew(LiveSession session) {
        if (row.end == row.seats.length) {
            rebuild(Math.max(SMALLEST, 2 * taken));
        }
        Row current = row;
        current.seats[current.end] = session;
        taken++;
        row = new Row(current.seats, current.end + 1);
    }

    /** Empties the session's seat, when it has one. */
    void remove(LiveSession session) {
        int index = indexOf(session);
        if (index < 0) {
            return;
        }
        Row current = row;
        current.seats[index] = null;
        taken--;
        // Written again so that readers of the volatile see the empty seat.
        row = current;
        if (current.end > 4 * SMALLEST && taken < current.end / 4) {
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
        Row current = row;
        for (int i = 0; i < current.end; i++) {
            LiveSession session = current.seats[i];
            if (session != null) {
                action.accept(session);
            }
        }
    }

    private int indexOf(LiveSession session) {
        Row current = row;
        for (int i = current.end - 1; i >= 0; i--) {
            if (current.seats[i] == session) {
                return i;
            }
        }
        return -1;
    }

    private void rebuild(int capacity) {
        @Nullable LiveSession[] next = new LiveSession[Math.max(SMALLEST, capacity)];
        int filled = 0;
        for (LiveSession session : Arrays.copyOf(row.seats, row.end)) {
            if (session != null) {
                next[filled++] = session;
            }
        }
        row = new Row(next, filled);
    }
}
