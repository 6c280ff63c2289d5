package dev.realtime.engine.work;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of one connection, done one after the other in the order they came, on the workers. What its client sends
 * is bounded, what the node itself has to do is not.
 *
 * <p>A task may end later than it returns: it answers with a stage, and the next one waits for it without holding a
 * thread. So thousands of connections can each have a message on its way to the database while a few threads work.
 *
 * <p>Any thread may add. An idle mailbox holds no queue.
 */
public final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** What a task answers that ended when it returned. */
    public static final CompletionStage<?> DONE = CompletableFuture.completedFuture(true);

    private final Executor workers;
    private final Backlog backlog;
    private @Nullable ArrayDeque<Task> waiting;
    /** Of what the client has sent and is not done. */
    private int bytes;

    private boolean busy;

    /** A mailbox whose tasks {@code workers} do, and whose client shares {@code backlog} with all others. */
    public Mailbox(Executor workers, Backlog backlog) {
        this.workers = workers;
        this.backlog = backlog;
    }

    /** Something to do; it is done when the stage is. */
    @FunctionalInterface
    public interface Task {
        /** Does it, or begins to. */
        CompletionStage<?> run();
    }

    /** Something that the client wants done. */
    public interface Sent extends Task {
        /** How large it came. */
        int size();
    }

    /** Adds a task of the node behind all others. */
    public void add(Task task) {
        boolean isIdle;
        synchronized (this) {
            isIdle = enqueue(task);
        }
        if (isIdle) {
            workers.execute(this::work);
        }
    }

    /** Adds what the client wants done behind all others; false when too much waits already. */
    public boolean tryAdd(Sent task) {
        boolean isIdle;
        synchronized (this) {
            if (!backlog.tryTake(size(), bytes, task.size())) {
                return false;
            }
            bytes += task.size();
            isIdle = enqueue(task);
        }
        if (isIdle) {
            workers.execute(this::work);
        }
        return true;
    }

    /** How many tasks have not begun. */
    synchronized int size() {
        return waiting == null ? 0 : waiting.size();
    }

    private void work() {
        for (Task task = next(); task != null; task = next()) {
            Task begun = task;
            CompletionStage<?> done = start(begun);
            if (!done.toCompletableFuture().isDone()) {
                done.whenComplete((result, failure) -> {
                    end(begun);
                    resume();
                });
                return;
            }
            end(begun);
        }
    }

    private void end(Task task) {
        if (task instanceof Sent sent) {
            synchronized (this) {
                bytes -= sent.size();
            }
            backlog.isDone(sent.size());
        }
    }

    /** Whether a worker has to be called. */
    private boolean enqueue(Task task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(task);
        boolean isIdle = !busy;
        busy = true;
        return isIdle;
    }

    /** Goes on after a task that ended on a thread of its own, which is not ours to keep. */
    private void resume() {
        synchronized (this) {
            if (waiting == null) {
                busy = false;
                return;
            }
        }
        workers.execute(this::work);
    }

    private synchronized @Nullable Task next() {
        Task task = waiting == null ? null : waiting.poll();
        if (task == null || waiting == null || waiting.isEmpty()) {
            waiting = null;
        }
        busy = task != null;
        return task;
    }

    private CompletionStage<?> start(Task task) {
        if (task instanceof Sent) {
            backlog.hasTurn();
        }
        try {
            return task.run();
        } catch (RuntimeException | Error broken) {
            // This is the edge behind every handler: the mailbox goes on with the next task. An error, too, is often
            // one of the host's code only, and a mailbox that stays busy would never serve its client again.
            log.error("a task of a mailbox failed", broken);
            return DONE;
        }
    }
}
