package dev.realtime.runner.server;

import dev.realtime.transport.Transport;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of a write that was queued under a lock. It may come while the lock is still held, but nobody hears of it
 * before the writer, with the lock behind it, says that it {@linkplain #mayTell may} be told.
 */
final class Queued implements Transport.Completion {
    private final Transport.Completion completion;
    private final Runnable whenOut;
    /** Null while the lock may be held, then what is to be told, or nothing any more. */
    private final AtomicReference<@Nullable Runnable> end = new AtomicReference<>();

    /** {@code whenOut} runs before {@code completion} hears anything, under the lock as well. */
    Queued(Transport.Completion completion, Runnable whenOut) {
        this.completion = completion;
        this.whenOut = whenOut;
    }

    /** The lock is no longer held. */
    void mayTell() {
        Runnable waiting = end.getAndSet(Queued::nothing);
        if (waiting != null) {
            waiting.run();
        }
    }

    @Override
    public void written() {
        over(completion::written);
    }

    @Override
    public void failed(Throwable cause) {
        over(() -> completion.failed(cause));
    }

    private static void nothing() {}

    private void over(Runnable telling) {
        whenOut.run();
        if (!end.compareAndSet(null, telling)) {
            telling.run();
        }
    }
}
