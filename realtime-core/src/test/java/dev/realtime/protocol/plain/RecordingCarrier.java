package dev.realtime.protocol.plain;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A container's transport that keeps what it is told, in order; writes complete at once unless held. */
final class RecordingCarrier implements Transport {
    final List<String> told = new ArrayList<>();
    private final Deque<Completion> open = new ArrayDeque<>();
    private boolean isHolding;

    /** From now on writes stay under way until {@link #complete} or {@link #fail}. */
    void hold() {
        isHolding = true;
    }

    void complete() {
        open.remove().written();
    }

    void fail() {
        open.remove().failed(new IllegalStateException("broken"));
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        if (!open.isEmpty()) {
            throw new IllegalStateException("two writes under way");
        }
        frames.forEach(frame -> told.add(frame.text()));
        open.add(completion);
        if (!isHolding) {
            complete();
        }
    }

    @Override
    public void ping() {
        told.add("ping");
    }

    @Override
    public void close(CloseReason reason) {
        told.add("close " + reason.code());
    }

    @Override
    public void terminate() {
        told.add("terminate");
    }
}
