package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transport that keeps what it is asked to do; writes complete at once, or when a test says so. */
public final class RecordingTransport implements Transport {
    private final List<List<String>> writes = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private Optional<Completion> pending = Optional.empty();
    private boolean isManual;
    private boolean overlapped;
    private int terminations;
    private Optional<Throwable> onWrite = Optional.empty();
    private Optional<RuntimeException> onClose = Optional.empty();
    private Optional<RuntimeException> onTerminate = Optional.empty();

    public RecordingTransport manually() {
        isManual = true;
        return this;
    }

    RecordingTransport throwingOnWrite(Throwable thrown) {
        onWrite = Optional.of(thrown);
        return this;
    }

    RecordingTransport throwingOnClose(RuntimeException thrown) {
        onClose = Optional.of(thrown);
        return this;
    }

    RecordingTransport throwingOnTerminate(RuntimeException thrown) {
        onTerminate = Optional.of(thrown);
        return this;
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        synchronized (this) {
            if (onWrite.isPresent()) {
                sneak(onWrite.get());
            }
            overlapped |= pending.isPresent();
            writes.add(frames.stream().map(Frame::text).toList());
            notifyAll();
            if (isManual) {
                pending = Optional.of(completion);
                return;
            }
        }
        completion.written();
    }

    public void complete() {
        take().written();
    }

    void fail() {
        take().failed(new IllegalStateException("the peer is gone"));
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closes.add(reason);
        onClose.ifPresent(thrown -> {
            throw thrown;
        });
    }

    @Override
    public synchronized void terminate() {
        terminations++;
        onTerminate.ifPresent(thrown -> {
            throw thrown;
        });
    }

    public synchronized List<List<String>> writes() {
        return List.copyOf(writes);
    }

    public synchronized List<String> frames() {
        return writes.stream().flatMap(List::stream).toList();
    }

    /** The frames written, once there are so many; a test that waits longer than ten seconds fails. */
    public synchronized List<String> awaitFrames(int count) {
        long patience = System.nanoTime() + 10_000_000_000L;
        while (frames().size() < count && patience - System.nanoTime() > 0) {
            try {
                wait(1_000);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", hurried);
            }
        }
        assertThat(frames()).hasSizeGreaterThanOrEqualTo(count);
        return frames();
    }

    public synchronized List<CloseReason> closes() {
        return List.copyOf(closes);
    }

    public synchronized int terminations() {
        return terminations;
    }

    synchronized boolean overlapped() {
        return overlapped;
    }

    private synchronized Transport.Completion take() {
        Completion taken = pending.orElseThrow();
        pending = Optional.empty();
        return taken;
    }

    private static void sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
