package dev.realtime.protocol.engineio;

import dev.realtime.protocol.Heartbeat;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.GuardedConnection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: the id, the heartbeat, and the transport that the layer above writes to.
 *
 * <p>Links feed it with frames, one at a time; everything else may come from any thread. The layer above is called
 * for one thing at a time, outside of any lock, and hears once that the session ended, as soon as it has.
 */
final class EngineIoSession implements Transport, Heartbeat.Owner, Outlet.Owner {
    /** How long a peer may take to answer the close before the connection is cut. */
    static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private static final Frame PING = Frame.text("2");

    private final String sid;
    private final EngineIoAcceptor home;
    private final Outlet outlet;
    private final Heartbeat heartbeat;

    /** The WebSocket without use that is being closed. */
    private final AtomicReference<@Nullable Connection> lingering = new AtomicReference<>();

    private @Nullable Connection upper;
    private boolean isUpperBusy = true;
    private boolean isLost;
    private @Nullable CloseReason ending;
    private Timers.@Nullable Alarm cut;

    EngineIoSession(String sid, EngineIoAcceptor home, Transport carrier) {
        this.sid = sid;
        this.home = home;
        this.outlet = new Outlet(this, carrier);
        this.heartbeat = new Heartbeat(home.pace(), this);
    }

    String sid() {
        return sid;
    }

    /** Sends the open packet, then opens the layer above. */
    void open(Frame openPacket, Acceptor acceptor, Handshake handshake) {
        outlet.send(openPacket);
        heartbeat.start();
        adopt(acceptor.open(handshake, this));
    }

    /** Opens the layer above, where no adapter stands between it and the threads of HTTP. */
    void openGuarded(Acceptor acceptor, Handshake handshake) {
        heartbeat.start();
        adopt(GuardedConnection.opening().opened(acceptor.open(handshake, this)));
    }

    /** A frame from the client; the session ends when it is none. */
    void received(Frame frame) {
        if (!hear(frame)) {
            close(CloseReason.BAD_FRAME);
        }
    }

    /** A frame from the client; false when it is not of the protocol. After the end nothing is heard. */
    boolean hear(Frame frame) {
        Connection open = enterUpper();
        if (open == null) {
            return true;
        }
        try {
            return take(frame, open);
        } finally {
            leaveUpper(open);
        }
    }

    /** Does what is overdue, whether or not the alarm for it has rung. */
    void check() {
        heartbeat.check();
    }

    /**
     * Whether a WebSocket of which the session makes no use may close in an orderly way; one at a time may, any other is
     * cut, so that a session cannot hold more connections than count for it.
     */
    boolean mayLinger(Connection webSocket) {
        return lingering.compareAndSet(null, webSocket);
    }

    /** A WebSocket of which the session made no use is gone. */
    void isGone(Connection webSocket) {
        lingering.compareAndSet(webSocket, null);
    }

    /** The session goes on over another carrier. */
    void moveTo(Transport carrier) {
        outlet.moveTo(carrier);
    }

    /** The carrier is gone. */
    void lost(CloseReason reason) {
        Timers.Alarm needless;
        synchronized (this) {
            isLost = true;
            needless = cut;
            cut = null;
        }
        if (needless != null) {
            needless.cancel();
        }
        end(reason);
        outlet.abandon();
    }

    @Override
    public void broken() {
        terminate();
    }

    @Override
    public void pingIsDue() {
        outlet.send(PING);
    }

    @Override
    public void pongIsMissing() {
        drop(CloseReason.TIMEOUT);
    }

    /** Ends the session and cuts its carrier; the layer above hears of it when nothing can be sent any more. */
    void drop(CloseReason reason) {
        End end = begin(reason);
        outlet.terminate();
        finish(end, reason);
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        outlet.write(frames, completion);
    }

    @Override
    public void close(CloseReason reason) {
        if (end(reason)) {
            outlet.close(reason);
            cutLater();
        }
    }

    @Override
    public void terminate() {
        drop(CloseReason.LOST);
    }

    private void adopt(Connection opened) {
        synchronized (this) {
            upper = opened;
        }
        leaveUpper(opened);
    }

    private boolean take(Frame frame, Connection open) {
        if (frame.length() > home.settings().maxPayload()) {
            close(CloseReason.TOO_LARGE);
            return true;
        }
        PacketType type = PacketType.of(frame);
        if (type == PacketType.PONG) {
            heartbeat.pong();
            open.pong();
            return true;
        }
        heartbeat.check();
        switch (type) {
            case MESSAGE -> hand(frame, open);
            case BASE64_MESSAGE -> {
                Optional<Frame> binary = Base64Message.decode(frame.text());
                binary.ifPresent(message -> hand(message, open));
                return binary.isPresent();
            }
            case CLOSE -> close(CloseReason.NORMAL);
            case BAD -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void hand(Frame message, Connection open) {
        synchronized (this) {
            if (ending != null) {
                return;
            }
        }
        open.received(message);
    }

    private synchronized @Nullable Connection enterUpper() {
        if (ending != null) {
            return null;
        }
        isUpperBusy = true;
        return upper;
    }

    private void leaveUpper(Connection open) {
        CloseReason reason;
        synchronized (this) {
            isUpperBusy = false;
            reason = ending;
        }
        if (reason != null) {
            open.closed(reason);
        }
    }

    /** Whether this call ended the session. */
    private boolean end(CloseReason reason) {
        End end = begin(reason);
        finish(end, reason);
        return end != End.BEFORE;
    }

    /** Inside a call to the layer above, that call is let finish first. */
    private synchronized End begin(CloseReason reason) {
        if (ending != null) {
            return End.BEFORE;
        }
        ending = asHeardAbove(reason);
        return isUpperBusy ? End.TOLD_LATER : End.TOLD_NOW;
    }

    private void finish(End end, CloseReason reason) {
        if (end == End.BEFORE) {
            return;
        }
        heartbeat.stop();
        home.forget(this);
        Connection told = upper;
        if (told != null && end == End.TOLD_NOW) {
            told.closed(asHeardAbove(reason));
        }
    }

    /** A client that leaves says so in a packet of the layer above; a close without that is a loss to it. */
    private static CloseReason asHeardAbove(CloseReason reason) {
        return reason == CloseReason.NORMAL ? CloseReason.LOST : reason;
    }

    private void cutLater() {
        Timers.Alarm alarm = home.timers().after(CLOSE_GRACE, outlet::terminate);
        synchronized (this) {
            if (!isLost) {
                cut = alarm;
                return;
            }
        }
        alarm.cancel();
    }

    private enum End {
        BEFORE,
        TOLD_NOW,
        TOLD_LATER
    }
}
