package dev.realtime.websocket;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which sessions are pinged and closed: several containers block in {@code Session.close} until the
 * peer has read what went before. Few, daemons, gone when idle; the waiting line holds at most three entries per
 * session.
 */
final class ClosingThreads implements Executor {
    static final ClosingThreads SHARED = new ClosingThreads(32);

    private static final Logger LOG = LoggerFactory.getLogger(ClosingThreads.class);

    private final ThreadPoolExecutor threads;
    /** What was given and is not done. */
    private int undone;

    ClosingThreads(int most) {
        threads = new ThreadPoolExecutor(
                most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ClosingThreads::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        synchronized (this) {
            undone++;
        }
        threads.execute(() -> run(work));
    }

    /** Waits until all is done, the time is over or the thread is interrupted; whether all is done. */
    synchronized boolean settle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); undone > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return undone == 0;
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException broken) {
            // One session's container has failed; the thread goes on with the others.
            LOG.error("A session could not be closed", broken);
        } finally {
            done();
        }
    }

    private synchronized void done() {
        undone--;
        notifyAll();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "realtime-closing");
        thread.setDaemon(true);
        return thread;
    }
}
