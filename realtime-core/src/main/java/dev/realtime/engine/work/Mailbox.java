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
 * thread. So thousands of connections can each have a message on its way to the database while a few threads work. Tasks
 * that keep their order themselves need not wait for each other: they begin in turn, and a few are under way at once.
 *
 * <p>Any thread may add. An idle mailbox holds no queue.
 */
public final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** What a task answers that ended when it returned. */
    public static final CompletionStage<?> DONE = CompletableFuture.completedFuture(true);

    /** Tasks under way at once, at most: a client that sends in bursts needs some, and none should fill a store. */
    private static final int MOST_UNDER_WAY = 32;

    private final Executor workers;
    private final Backlog backlog;
    private @Nullable ArrayDeque<Task> waiting;
    /** Of what the client has sent and is not done. */
    private int bytes;

    /** Begun and not done; all of them may follow each other. */
    private int underWay;

    private @Nullable Task begunLast;
    /** Whether a worker is here, or on its way. */
    private boolean hasWorker;

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

        /** Whether it may begin before {@code earlier}, begun last, is done, as their order is kept elsewhere. */
        default boolean mayFollow(Task earlier) {
            return false;
        }
    }

    /** Something that the client wants done. */
    public interface Sent extends Task {
        /** How large it came. */
        int size();
    }

    /** Adds a task of the node behind all others. */
    public void add(Task task) {
        boolean isDue;
        synchronized (this) {
            isDue = enqueue(task);
        }
        if (isDue) {
            workers.execute(this::work);
        }
    }

    /** Adds what the client wants done behind all others; false when too much waits already. */
    public boolean tryAdd(Sent task) {
        boolean isDue;
        synchronized (this) {
            if (!backlog.tryTake(size(), bytes, task.size())) {
                return false;
            }
            bytes += task.size();
            isDue = enqueue(task);
        }
        if (isDue) {
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
            if (done.toCompletableFuture().isDone()) {
                end(begun);
            } else {
                done.whenComplete((result, failure) -> endElsewhere(begun));
            }
        }
    }

    /** Takes the next task that may begin; without one the worker leaves. */
    private synchronized @Nullable Task next() {
        Task task = waiting == null ? null : waiting.peek();
        if (waiting == null || task == null || !mayBegin(task)) {
            hasWorker = false;
            return null;
        }
        waiting.remove();
        if (waiting.isEmpty()) {
            waiting = null;
        }
        underWay++;
        begunLast = task;
        return task;
    }

    /** Goes on after a task that ended on a thread of its own, which is not ours to keep. */
    private void endElsewhere(Task task) {
        end(task);
        boolean isDue;
        synchronized (this) {
            isDue = callsWorker();
        }
        if (isDue) {
            workers.execute(this::work);
        }
    }

    private void end(Task task) {
        int size = task instanceof Sent sent ? sent.size() : 0;
        synchronized (this) {
            bytes -= size;
            underWay--;
            if (underWay == 0) {
                begunLast = null;
            }
        }
        backlog.isDone(size);
    }

    /** Whether a worker has to be called. */
    private boolean enqueue(Task task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(task);
        return callsWorker();
    }

    private boolean callsWorker() {
        Task task = waiting == null ? null : waiting.peek();
        boolean isDue = !hasWorker && task != null && mayBegin(task);
        hasWorker |= isDue;
        return isDue;
    }

    private boolean mayBegin(Task task) {
        Task earlier = begunLast;
        return earlier == null || (underWay < MOST_UNDER_WAY && task.mayFollow(earlier));
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
