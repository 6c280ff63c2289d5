package dev.realtime.testkit;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a socket, below Engine.IO: what the server writes is heard at once, unless the peer is stalled; what the peer
 * does reaches the server one thing at a time, as a container would have it. Answers pings. Any thread may call.
 */
final class TestWire implements Transport {
    private final Consumer<Frame> peer;
    private final InOrder toServer = new InOrder();
    private final InOrder toPeer = new InOrder();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private @Nullable Connection server;
    private boolean isOver;

    private boolean isStalled;
    private @Nullable List<Frame> heldFrames;
    private @Nullable Completion heldCompletion;
    private @Nullable CloseReason heldClose;

    TestWire(Consumer<Frame> peer) {
        this.peer = peer;
    }

    void open(Acceptor acceptor, Handshake handshake) {
        toServer.now(() -> server = acceptor.open(handshake, this));
    }

    void send(Frame frame) {
        toServer.now(() -> {
            if (server != null && !isOver) {
                server.received(frame);
            }
        });
    }

    /** The connection is gone. */
    void end(CloseReason reason) {
        toServer.now(() -> {
            if (server != null && !isOver) {
                isOver = true;
                server.closed(reason);
                closed.complete(reason);
            }
        });
    }

    /** From now on no write completes. */
    synchronized void stall() {
        isStalled = true;
    }

    void resume() {
        List<Frame> frames;
        Completion completion;
        CloseReason close;
        synchronized (this) {
            isStalled = false;
            close = heldClose;
            frames = heldFrames;
            completion = heldCompletion;
            heldFrames = null;
            heldCompletion = null;
        }
        if (frames != null && completion != null) {
            hear(frames, completion);
        }
        if (close != null) {
            end(close);
        }
    }

    /** Ends with the reason for which the connection ended. */
    CompletableFuture<CloseReason> closed() {
        return closed;
    }

    /** The reasons with which the server asked to close, in order. */
    List<CloseReason> closes() {
        synchronized (closes) {
            return List.copyOf(closes);
        }
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        synchronized (this) {
            if (isStalled) {
                if (heldFrames != null) {
                    throw new IllegalStateException("a write while the one before is under way");
                }
                heldFrames = frames;
                heldCompletion = completion;
                return;
            }
        }
        hear(frames, completion);
    }

    /** The peer answers the close, when it is not stalled any more. */
    @Override
    public void close(CloseReason reason) {
        synchronized (closes) {
            closes.add(reason);
        }
        synchronized (this) {
            if (isStalled) {
                heldClose = heldClose == null ? reason : heldClose;
                return;
            }
        }
        end(reason);
    }

    @Override
    public void terminate() {
        end(CloseReason.LOST);
    }

    /** The peer hears after the write has completed, so that a test that goes on then finds nothing half done. */
    private void hear(List<Frame> frames, Completion completion) {
        toPeer.add(() -> frames.forEach(peer));
        completion.written();
        // At once and on this thread: whoever moves time past a ping has the answer before he moves on.
        if (frames.stream().anyMatch(frame -> frame.isText() && frame.text().equals("2"))) {
            send(Frame.text("3"));
        }
        toPeer.run();
    }
}
