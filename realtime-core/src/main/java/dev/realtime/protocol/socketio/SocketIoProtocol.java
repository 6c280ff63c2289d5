package dev.realtime.protocol.socketio;

import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.engineio.EngineIoAcceptor;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Frame;
import java.util.List;

/**
 * Socket.IO 5 over Engine.IO 4, as stock clients 3.x and 4.x speak it. Namespaces are carried through; which of them
 * exist, and whether a client has joined one, is for the layer above.
 */
public final class SocketIoProtocol implements Protocol {
    private final SocketIoSettings settings;
    private final PacketEncoder encoder;

    /** The protocol with these bounds. */
    public SocketIoProtocol(SocketIoSettings settings) {
        this.settings = settings;
        this.encoder = new PacketEncoder(settings.maxAttachments());
    }

    @Override
    public String name() {
        return "socketio";
    }

    @Override
    public Decoder newDecoder() {
        return new SocketIoDecoder(settings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the arguments hold more binary values than a packet may have
     */
    @Override
    public List<Frame> encode(Outbound message) {
        return encoder.encode(message);
    }

    @Override
    public Acceptor beneath(Acceptor upper, Timers timers) {
        Acceptor timed = new AttachmentDeadline(settings, timers, upper);
        return new EngineIoAcceptor(settings.engineIo(), timers, timed);
    }
}
