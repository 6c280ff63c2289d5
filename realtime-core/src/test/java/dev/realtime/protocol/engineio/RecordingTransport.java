package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A container's transport that keeps what it is told; writes complete at once, or when the test says so. */
final class RecordingTransport implements Transport {
    final List<List<Frame>> writes = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    private final Deque<Completion> open = new ArrayDeque<>();
    private boolean isHolding;

    /** From now on writes stay under way until {@link #complete} or {@link #fail}. */
    void hold() {
        isHolding = true;
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        if (!open.isEmpty()) {
            throw new IllegalStateException("two writes under way");
        }
        writes.add(List.copyOf(frames));
        open.add(completion);
        if (!isHolding) {
            complete();
        }
    }

    void complete() {
        open.remove().written();
    }

    void fail() {
        open.remove().failed(new IllegalStateException("broken"));
    }

    List<String> texts() {
        return writes.stream().flatMap(List::stream).map(Frame::text).toList();
    }

    List<String> lastWrite() {
        return writes.get(writes.size() - 1).stream().map(Frame::text).toList();
    }

    @Override
    public void close(CloseReason reason) {
        ends.add("close " + reason);
    }

    @Override
    public void terminate() {
        ends.add("terminate");
    }
}
