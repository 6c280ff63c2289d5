package dev.realtime.protocol.engineio;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import org.jspecify.annotations.Nullable;

/** A WebSocket that was accepted for a session only to be closed; deaf to its peer, and cut when that does not go. */
final class ClosingConnection implements Connection {
    private static final Connection DEAF = new Connection() {
        @Override
        public void received(Frame frame) {}

        @Override
        public void closed(CloseReason reason) {}
    };

    private final EngineIoSession session;
    private volatile Timers.@Nullable Alarm cut;

    private ClosingConnection(EngineIoSession session) {
        this.session = session;
    }

    /** Closes it, or cuts it where another one of the session is being closed. */
    static Connection closing(Transport webSocket, EngineIoSession session, Timers timers) {
        ClosingConnection closing = new ClosingConnection(session);
        if (session.mayLinger(closing)) {
            closing.cut = timers.after(EngineIoSession.CLOSE_GRACE, webSocket::terminate);
            webSocket.close(CloseReason.NORMAL);
        } else {
            webSocket.terminate();
        }
        return closing;
    }

    /** Cuts it: its session has ended since it was accepted. */
    static Connection cut(Transport webSocket) {
        webSocket.terminate();
        return DEAF;
    }

    @Override
    public void received(Frame frame) {}

    @Override
    public void closed(CloseReason reason) {
        session.isGone(this);
        Timers.Alarm needless = cut;
        if (needless != null) {
            needless.cancel();
        }
    }
}
