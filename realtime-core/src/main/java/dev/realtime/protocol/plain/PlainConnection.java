package dev.realtime.protocol.plain;

import dev.realtime.protocol.Heartbeat;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.GuardedConnection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection: it pings, and when it closes it says why, behind the write that is under way. The layer above hears
 * of the end at once.
 *
 * <p>The carrier feeds it one thing at a time; everything else may come from any thread. The carrier, completions and
 * the layer above are called outside of the lock.
 */
final class PlainConnection implements Connection, Transport, Transport.Completion, Heartbeat.Owner {
    /** How long a peer may take to answer the close before the connection is cut. */
    static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private final PlainAcceptor home;
    private final Transport carrier;
    private final GuardedConnection upper = GuardedConnection.opening();
    private final Heartbeat heartbeat;

    private boolean isAnswered;
    /** How the connection ends because its connect was refused. */
    private @Nullable CloseReason refusal;

    private @Nullable Completion underWay;
    private @Nullable CloseReason closing;
    private boolean isGone;
    private Timers.@Nullable Alarm cut;

    PlainConnection(PlainAcceptor home, Transport carrier) {
        this.home = home;
        this.carrier = carrier;
        this.heartbeat = new Heartbeat(home.pace(), this);
    }

    /** Opens the layer above. */
    PlainConnection open(Acceptor acceptor, Handshake handshake) {
        heartbeat.start();
        upper.opened(acceptor.open(handshake, this));
        return this;
    }

    @Override
    public void received(Frame frame) {
        if (frame.length() > home.maxPayload()) {
            close(CloseReason.TOO_LARGE);
        } else {
            heartbeat.check();
            upper.received(frame);
        }
    }

    @Override
    public void pong() {
        heartbeat.pong();
        upper.pong();
    }

    @Override
    public void overflowed() {
        close(CloseReason.TOO_LARGE);
    }

    @Override
    public void closed(CloseReason reason) {
        Timers.Alarm needless;
        synchronized (this) {
            isGone = true;
            closing = closing == null ? reason : closing;
            needless = cut;
            cut = null;
        }
        if (needless != null) {
            needless.cancel();
        }
        heartbeat.stop();
        upper.closed(reason);
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        if (begins(frames, completion)) {
            carrier.write(frames, this);
        } else {
            completion.failed(new ClosedChannelException());
        }
    }

    /** A write of the layer above is done. */
    @Override
    public void written() {
        Completion done;
        CloseReason leaving;
        CloseReason refused;
        synchronized (this) {
            done = underWay;
            underWay = null;
            leaving = closing;
            refused = refusal;
        }
        if (done != null) {
            done.written();
        }
        if (leaving != null) {
            sayGoodbye(leaving);
        } else if (refused != null) {
            close(refused);
        }
    }

    @Override
    public void failed(Throwable cause) {
        Completion done;
        synchronized (this) {
            done = underWay;
            underWay = null;
        }
        if (done != null) {
            done.failed(cause);
        }
        terminate();
    }

    @Override
    public void close(CloseReason reason) {
        boolean isIdle;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = reason;
            isIdle = underWay == null;
        }
        heartbeat.stop();
        upper.closed(reason);
        cutLater();
        if (isIdle) {
            sayGoodbye(reason);
        }
    }

    @Override
    public void terminate() {
        synchronized (this) {
            closing = closing == null ? CloseReason.LOST : closing;
        }
        heartbeat.stop();
        upper.closed(CloseReason.LOST);
        carrier.terminate();
    }

    @Override
    public void pingIsDue() {
        carrier.ping();
    }

    @Override
    public void pongIsMissing() {
        close(CloseReason.TIMEOUT);
    }

    /** The first thing the layer above says is the greeting, or that there will be none. */
    private synchronized boolean begins(List<Frame> frames, Completion completion) {
        if (closing != null) {
            return false;
        }
        underWay = completion;
        if (!isAnswered) {
            isAnswered = true;
            refusal = LastWord.endAfter(frames.get(0)).orElse(null);
        }
        return true;
    }

    private void sayGoodbye(CloseReason reason) {
        Optional<Frame> word = lastWord(reason);
        if (word.isPresent()) {
            carrier.write(List.of(word.get()), new Goodbye(reason));
        } else {
            carrier.close(reason);
        }
    }

    private synchronized Optional<Frame> lastWord(CloseReason reason) {
        if (refusal != null) {
            return Optional.empty();
        }
        return isAnswered ? LastWord.afterGreeting(reason) : LastWord.beforeGreeting(reason);
    }

    private void cutLater() {
        Timers.Alarm alarm = home.timers().after(CLOSE_GRACE, carrier::terminate);
        synchronized (this) {
            if (!isGone) {
                cut = alarm;
                return;
            }
        }
        alarm.cancel();
    }

    /** The close behind the last word, also when that could not be said. */
    private final class Goodbye implements Completion {
        private final CloseReason reason;

        Goodbye(CloseReason reason) {
            this.reason = reason;
        }

        @Override
        public void written() {
            carrier.close(reason);
        }

        @Override
        public void failed(Throwable cause) {
            carrier.close(reason);
        }
    }
}
