package dev.realtime.websocket;

import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The sessions that nobody has closed and whose container has not told their end yet. Any thread may call. */
final class OpenSessions {
    static final OpenSessions SHARED = new OpenSessions();

    private final Set<Session> open = Collections.newSetFromMap(new IdentityHashMap<>());

    synchronized void add(Session session) {
        open.add(session);
    }

    synchronized void remove(Session session) {
        open.remove(session);
        notifyAll();
    }

    /** Waits until all have ended, the time is over or the thread is interrupted; whether all have. */
    synchronized boolean settle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return open.isEmpty();
    }
}
