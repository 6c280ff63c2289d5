package dev.realtime.protocol;

import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Frame;
import java.util.List;

/** A wire protocol: how meaning becomes frames and back. One instance serves all connections and all threads. */
public interface Protocol {

    /** A short name for logs and metrics. */
    String name();

    /** A decoder for one new connection. */
    Decoder newDecoder();

    /**
     * The frames that say {@code message}, in order; the same for every client of the namespace. None when the protocol
     * does not say it, or says it with the next message or in closing.
     */
    List<Frame> encode(Outbound message);

    /**
     * Puts the protocol's own handshake and heartbeat between the transports and {@code upper}, which gets only
     * frames with meaning and writes only frames made by {@link #encode}.
     */
    Acceptor beneath(Acceptor upper, Timers timers);
}
