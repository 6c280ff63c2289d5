package dev.realtime.protocol.plain;

import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Frame;
import java.util.List;

/**
 * The events of Socket.IO clients over a WebSocket alone: each frame is one JSON object, heartbeats are pings of the
 * WebSocket, and the close code says why a connection ends.
 *
 * <pre>{@code
 * -> {"event":"connect","data":{"token":"..."}}
 * <- {"event":"connected","data":{"socketId":"...", ...}}
 * -> {"event":"menu:order","data":{"item":"tea"},"id":7}
 * <- {"reply":7,"data":{"success":true, ...}}
 * }</pre>
 *
 * <p>There is one namespace, {@code /}, and one session on a connection.
 */
public final class PlainProtocol implements Protocol {
    /** The WebSocket subprotocol (RFC 6455 section 1.9) to mount it with. */
    public static final String SUBPROTOCOL = "realtime.v1.json";

    private final PlainSettings settings;

    /** The protocol with these bounds. */
    public PlainProtocol(PlainSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Decoder newDecoder() {
        return new PlainDecoder();
    }

    /** {@inheritDoc} The first argument of an event is its data; there is no place for more. */
    @Override
    public List<Frame> encode(Outbound message) {
        return PlainEncoder.encode(message);
    }

    @Override
    public Acceptor beneath(Acceptor upper, Timers timers) {
        return new PlainAcceptor(settings, timers, upper);
    }
}
