package dev.realtime.runner.conformance;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.List;
import java.util.Optional;

/** Sends each message back as it came, for everybody. */
final class Echo implements Acceptor {

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        return Optional.empty();
    }

    @Override
    public Connection open(Handshake handshake, Transport transport) {
        Lane lane = new Lane(transport);
        return new Connection() {
            @Override
            public void received(Frame frame) {
                lane.send(List.of(frame));
            }

            @Override
            public void closed(CloseReason reason) {}
        };
    }

    @Override
    public OriginPolicy origins() {
        return new OriginPolicy(List.of(OriginPolicy.ANY));
    }
}
