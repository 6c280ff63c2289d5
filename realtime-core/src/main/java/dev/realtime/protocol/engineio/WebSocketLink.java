package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;

/** One WebSocket that carries a session. */
final class WebSocketLink implements Connection {
    private final EngineIoSession session;

    WebSocketLink(EngineIoSession session) {
        this.session = session;
    }

    @Override
    public void received(Frame frame) {
        session.received(frame);
    }

    @Override
    public void closed(CloseReason reason) {
        session.lost(reason);
    }
}
