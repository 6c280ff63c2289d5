package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.grizzly.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Sends ready-made WebSocket frames over a Grizzly connection, all frames of a write in one piece. A close is
 * attempted with a close frame behind everything queued; five seconds later the connection is cut, whatever the peer
 * does. It is its own completion, so that a write allocates nothing.
 *
 * <p>Any thread may call, as {@link Transport} says; nothing here blocks.
 */
final class GrizzlyTransport implements Transport, Transport.Completion {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int INTERNAL_ERROR = 1011;

    private final Connection<?> connection;
    private final Timers timers;
    private final FrameSink sink;
    private final AtomicReference<@Nullable Completion> underWay = new AtomicReference<>();
    private final AtomicBoolean saidGoodbye = new AtomicBoolean();
    private final AtomicBoolean isGone = new AtomicBoolean();
    private volatile Timers.@Nullable Alarm cut;
    private volatile @Nullable Pongs pongs;
    /** The answer to the upgrade while it waits for the first frames. */
    private volatile byte @Nullable [] answer;
    /** Known before {@link #answer} is forgotten, as a write may end, and the next begin, within the first. */
    private boolean isAnswered;

    GrizzlyTransport(Connection<?> connection, Timers timers) {
        this.connection = connection;
        this.timers = timers;
        this.sink = FrameSink.of(connection);
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        if (saidGoodbye.get() || isGone.get()) {
            completion.failed(new ClosedChannelException());
            return;
        }
        underWay.set(completion);
        try {
            if (answer == null || !writtenBehindAnswer(frames)) {
                sink.write(frames, this);
            }
        } catch (RuntimeException broken) {
            // Whatever Grizzly throws means that this connection sends no more; the caller hears it as a failed write.
            failed(broken);
        }
        if (isGone.get()) {
            failed(new ClosedChannelException());
        }
    }

    @Override
    public void ping() {
        if (!saidGoodbye.get()) {
            opened();
            sink.write(ControlFrames.ping(), Completion.UNHEARD);
        }
    }

    @Override
    public void close(CloseReason reason) {
        sayGoodbye(reason == CloseReason.LOST ? INTERNAL_ERROR : reason.code(), reason.text());
    }

    @Override
    public void terminate() {
        connection.terminateSilently();
    }

    /** Has the answer to the upgrade go before all frames, with the first of them. Before the transport is known. */
    void upgraded(byte[] upgrade) {
        answer = upgrade;
    }

    /** Sends the answer to the upgrade now, when nothing was written that it could go with. */
    void opened() {
        if (answer != null) {
            writeAnswer();
        }
    }

    /** Answers a ping, on the reading thread. */
    void pong(byte[] ping) {
        Pongs answering = pongs;
        if (answering == null) {
            answering = new Pongs(sink);
            pongs = answering;
        }
        if (!saidGoodbye.get()) {
            answering.answer(ping);
        }
    }

    /** Sends the close frame, the only one and the last of all frames, and sets the moment of the cut. */
    void sayGoodbye(int code, String text) {
        if (!saidGoodbye.compareAndSet(false, true)) {
            return;
        }
        opened();
        sink.write(ControlFrames.close(code, text), Completion.UNHEARD);
        cut = timers.after(GRACE, connection::terminateSilently);
        if (isGone.get()) {
            forgetCut();
        }
    }

    /** Closes the TCP connection once everything queued is out: both sides have said goodbye. */
    void hangUp() {
        connection.closeSilently();
    }

    /** The connection is no more; a write under way has failed. Whether this is news. */
    boolean gone() {
        boolean isNews = isGone.compareAndSet(false, true);
        forgetCut();
        failed(new ClosedChannelException());
        return isNews;
    }

    @Override
    public void written() {
        Completion done = underWay.getAndSet(null);
        if (done != null) {
            done.written();
        }
    }

    @Override
    public void failed(Throwable cause) {
        Completion done = underWay.getAndSet(null);
        if (done != null) {
            done.failed(cause);
        }
    }

    private synchronized boolean writtenBehindAnswer(List<Frame> frames) {
        byte[] first = answer;
        if (first == null || isAnswered) {
            return false;
        }
        isAnswered = true;
        byte[] rest = FrameSink.gathered(frames);
        byte[] both = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, both, first.length, rest.length);
        sink.write(both, this);
        answer = null;
        return true;
    }

    private synchronized void writeAnswer() {
        byte[] first = answer;
        if (first != null && !isAnswered) {
            isAnswered = true;
            sink.write(first, Completion.UNHEARD);
            answer = null;
        }
    }

    private void forgetCut() {
        Timers.Alarm waiting = cut;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
