package dev.realtime.protocol;

import dev.realtime.transport.Frame;
import java.util.Optional;

/** Turns the frames of one connection into meaning. It may remember half a packet, so there is one for each. */
public interface Decoder {

    /**
     * What the frame says, {@link Inbound.Begun} when others follow it, and empty when it is one of those but not the
     * last.
     *
     * @throws ProtocolException when it is not of the protocol; the decoder is then of no further use
     */
    Optional<Inbound> decode(Frame frame);
}
