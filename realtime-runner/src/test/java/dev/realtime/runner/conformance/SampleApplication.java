package dev.realtime.runner.conformance;

import dev.realtime.protocol.Protocol;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The application of the Socket.IO suite, for everybody; a client has a second to join a namespace. */
final class SampleApplication implements Acceptor {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final Protocol protocol;
    private final Timers timers;

    SampleApplication(Protocol protocol, Timers timers) {
        this.protocol = protocol;
        this.timers = timers;
    }

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        return Optional.empty();
    }

    @Override
    public Connection open(Handshake handshake, Transport transport) {
        SampleClient client = new SampleClient(protocol, transport);
        timers.after(CONNECT_TIMEOUT, () -> {
            if (!client.hasJoined()) {
                transport.close(CloseReason.TIMEOUT);
            }
        });
        return client;
    }

    @Override
    public OriginPolicy origins() {
        return new OriginPolicy(List.of(OriginPolicy.ANY));
    }
}
