package dev.realtime.protocol.engineio;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A layer above that keeps what it hears, and does in each call what the test wants. */
final class RecordingUpper implements Acceptor {
    Optional<Refusal> refusal = Optional.empty();
    OriginPolicy origins = new OriginPolicy(List.of());
    Consumer<Transport> onOpen = transport -> {};
    BiConsumer<Transport, Frame> onReceived = (transport, frame) -> {};
    Runnable onClosed = () -> {};
    final List<Frame> received = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    int refuseCalls;
    private @Nullable Transport transport;

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        refuseCalls++;
        return refusal;
    }

    @Override
    public Connection open(Handshake handshake, Transport opened) {
        transport = opened;
        onOpen.accept(opened);
        return new Recorder(opened);
    }

    @Override
    public OriginPolicy origins() {
        return origins;
    }

    Transport transport() {
        Transport opened = transport;
        if (opened == null) {
            throw new IllegalStateException("nothing was opened");
        }
        return opened;
    }

    private final class Recorder implements Connection {
        private final Transport opened;

        Recorder(Transport opened) {
            this.opened = opened;
        }

        @Override
        public void received(Frame frame) {
            received.add(frame);
            onReceived.accept(opened, frame);
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
            onClosed.run();
        }
    }
}
