package dev.realtime.runner.conformance;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.List;

/** Frames on their way to one client, without a bound: one write at a time, each with all that waits. Any thread. */
final class Lane implements Transport.Completion {
    private final Transport transport;
    private List<Frame> waiting = new ArrayList<>();
    private boolean isWriting;

    Lane(Transport transport) {
        this.transport = transport;
    }

    void send(List<Frame> frames) {
        synchronized (this) {
            waiting.addAll(frames);
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        written();
    }

    @Override
    public void written() {
        List<Frame> next;
        synchronized (this) {
            next = waiting;
            waiting = new ArrayList<>();
            isWriting = !next.isEmpty();
        }
        if (!next.isEmpty()) {
            transport.write(next, this);
        }
    }

    @Override
    public void failed(Throwable cause) {}
}
