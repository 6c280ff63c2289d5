package dev.realtime.protocol.engineio;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;

/** A connection that was accepted only to be closed; deaf to its peer, and cut when the peer does not go. */
final class ClosingConnection implements Connection {
    private final Timers.Alarm cut;

    private ClosingConnection(Timers.Alarm cut) {
        this.cut = cut;
    }

    static Connection closing(Transport transport, CloseReason reason, Timers timers) {
        Timers.Alarm cut = timers.after(EngineIoSession.CLOSE_GRACE, transport::terminate);
        transport.close(reason);
        return new ClosingConnection(cut);
    }

    @Override
    public void received(Frame frame) {}

    @Override
    public void closed(CloseReason reason) {
        cut.cancel();
    }
}
