package dev.realtime.websocket;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which sessions are pinged and closed: several containers block in {@code Session.close} until the
 * peer has read what went before. Few, daemons, gone when idle; the waiting line holds at most three entries per
 * session.
 */
final class ClosingThreads {
    static final Executor SHARED = create();

    private static final int THREADS = 8;

    private ClosingThreads() {}

    private static Executor create() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ClosingThreads::daemon);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "realtime-closing");
        thread.setDaemon(true);
        return thread;
    }
}
