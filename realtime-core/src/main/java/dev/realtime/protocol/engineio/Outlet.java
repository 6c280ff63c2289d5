package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a session: one write at a time to its carrier, whether the layer above writes or the session
 * itself. A packet of the session waits for the write under way and goes before the next.
 *
 * <p>Safe for many threads. The carrier and all completions are called outside of the lock.
 */
final class Outlet implements Transport.Completion {
    private final Owner owner;
    private volatile Transport carrier;

    private boolean isWriting;
    private boolean isClosed;
    private @Nullable Frame control;
    private @Nullable List<Frame> waiting;
    private Transport.@Nullable Completion waitingCompletion;
    private Transport.@Nullable Completion inFlight;
    private @Nullable CloseReason closeAfterwards;

    /** Hears that the carrier does not take what is written. */
    interface Owner {
        void broken();
    }

    Outlet(Owner owner, Transport carrier) {
        this.owner = owner;
        this.carrier = carrier;
    }

    /** Goes on with another carrier, which takes over from this one what it had not sent. */
    void moveTo(Transport successor) {
        carrier = successor;
    }

    /** Sends a packet of the session itself. There is one that waits at most; the next takes its place. */
    void send(Frame packet) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            if (isWriting) {
                control = packet;
                return;
            }
            isWriting = true;
        }
        carrier.write(List.of(packet), this);
    }

    /** Sends what the layer above writes; it has one write under way at most. */
    void write(List<Frame> frames, Transport.Completion completion) {
        switch (begin(frames, completion)) {
            case NOW -> carrier.write(frames, this);
            case LATER -> {}
            case NEVER -> completion.failed(new ClosedChannelException());
        }
    }

    /** Closes the carrier behind what the layer above has written already; nothing more is sent. */
    void close(CloseReason reason) {
        synchronized (this) {
            isClosed = true;
            control = null;
            if (waiting != null) {
                closeAfterwards = reason;
                return;
            }
        }
        carrier.close(reason);
    }

    /** Cuts the carrier. */
    void terminate() {
        abandon();
        carrier.terminate();
    }

    /** The carrier is gone: what waits for it fails. */
    void abandon() {
        Transport.Completion lost;
        synchronized (this) {
            isClosed = true;
            control = null;
            waiting = null;
            closeAfterwards = null;
            lost = waitingCompletion;
            waitingCompletion = null;
        }
        if (lost != null) {
            lost.failed(new ClosedChannelException());
        }
    }

    @Override
    public void written() {
        Transport.Completion done;
        List<Frame> next;
        CloseReason closing = null;
        synchronized (this) {
            done = inFlight;
            next = next();
            if (next.isEmpty()) {
                closing = closeAfterwards;
                closeAfterwards = null;
            }
        }
        if (done != null) {
            done.written();
        }
        if (!next.isEmpty()) {
            carrier.write(next, this);
        } else if (closing != null) {
            carrier.close(closing);
        }
    }

    @Override
    public void failed(Throwable cause) {
        Transport.Completion done;
        synchronized (this) {
            isWriting = false;
            done = inFlight;
            inFlight = null;
        }
        if (done != null) {
            done.failed(cause);
        }
        owner.broken();
    }

    private synchronized Turn begin(List<Frame> frames, Transport.Completion completion) {
        if (isClosed) {
            return Turn.NEVER;
        }
        if (isWriting) {
            requireFree();
            waiting = frames;
            waitingCompletion = completion;
            return Turn.LATER;
        }
        isWriting = true;
        inFlight = completion;
        return Turn.NOW;
    }

    private void requireFree() {
        if (waiting != null || inFlight != null) {
            throw new IllegalStateException("a write while the one before is under way");
        }
    }

    private List<Frame> next() {
        if (control == null && waiting == null) {
            inFlight = null;
            isWriting = false;
            return List.of();
        }
        List<Frame> frames = new ArrayList<>();
        if (control != null) {
            frames.add(control);
            control = null;
        }
        if (waiting != null) {
            frames.addAll(waiting);
            waiting = null;
        }
        inFlight = waitingCompletion;
        waitingCompletion = null;
        return frames;
    }

    private enum Turn {
        NOW,
        LATER,
        NEVER
    }
}
