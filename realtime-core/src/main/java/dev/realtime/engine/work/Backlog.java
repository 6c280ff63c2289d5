package dev.realtime.engine.work;

import dev.realtime.session.SessionSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients have sent that waits for its turn, by number, and what waits or is being done, by its bytes: bounded on
 * each connection and on the node, so that a store that hangs cannot fill the memory. Any thread may call.
 */
public final class Backlog {
    /** From this part of the bytes on, what waits is better kept small than quick. */
    private static final int CROWDED = 8;

    private final int most;
    private final int mostOnNode;
    private final SessionSettings.WaitingBytes bounds;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** Nothing waits yet; as much may as the settings say. */
    public Backlog(SessionSettings settings) {
        this.most = settings.maxWaitingEvents();
        this.mostOnNode = settings.maxWaitingOnNode();
        this.bounds = settings.waitingBytes();
    }

    /** Whether one more of {@code size} bytes may wait where {@code queued} wait and {@code held} bytes are held. */
    boolean tryTake(int queued, int held, int size) {
        if (queued >= most || (held > 0 && size > bounds.ofConnection() - held)) {
            return false;
        }
        if (waiting.incrementAndGet() > mostOnNode) {
            waiting.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(size) > bounds.onNode()) {
            bytes.addAndGet(-size);
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    /** One that waited has its turn. */
    void hasTurn() {
        waiting.decrementAndGet();
    }

    /** One of so many bytes is done. */
    void isDone(int size) {
        bytes.addAndGet(-size);
    }

    /** Whether so much is held that it counts how. */
    public boolean isCrowded() {
        return bytes.get() > bounds.onNode() / CROWDED;
    }
}
