package dev.realtime.engine.work;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which handlers run and stores block: virtual ones where the JVM has them (21 and later), else a
 * pool of four a core and at least sixteen. Never refuses work, who brings it bounds it; once closed it forgets what is
 * brought.
 */
public final class Workers implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService threads;

    private Workers(ExecutorService threads) {
        this.threads = threads;
    }

    /** The workers this JVM can offer. */
    public static Workers start() {
        return new Workers(virtualThreads());
    }

    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(() -> run(task));
        } catch (RejectedExecutionException closed) {
            // A container may tell of its connections after the node has closed; there is nothing left to do for them.
            log.debug("a task came after the end");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            // The thread survives for the next task; what a task must answer, it answers itself.
            log.error("a task failed", broken);
        }
    }

    /** Lets running tasks end, for as long as {@code patience}. */
    public void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets running tasks end, for two seconds: a node is gone three seconds after it was drained. */
    @Override
    public void close() {
        close(Duration.ofSeconds(2));
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException
                | UnsupportedOperationException e) {
            return pool(Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
        }
    }

    private static ExecutorService pool(int size) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "realtime-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
