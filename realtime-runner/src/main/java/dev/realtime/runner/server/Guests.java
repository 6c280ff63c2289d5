package dev.realtime.runner.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many upgraded connections and requests of acceptors there are, so that a server that stops can let them hear
 * its last words. Any thread may call.
 */
final class Guests {
    private int present;

    synchronized void came() {
        present++;
    }

    synchronized void left() {
        present--;
        if (present == 0) {
            notifyAll();
        }
    }

    /** Returns when nobody is left, or after {@code patience}; an interrupt ends the wait. */
    synchronized void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); present > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
