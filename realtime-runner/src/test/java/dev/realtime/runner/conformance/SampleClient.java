package dev.realtime.runner.conformance;

import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One client of the sample application. For one thread, but for {@link #hasJoined}. */
final class SampleClient implements Connection {
    private static final Set<String> NAMESPACES = Set.of("/", "/custom");

    private final Protocol protocol;
    private final Transport transport;
    private final Decoder decoder;
    private final Lane lane;
    private final Set<String> joined = new HashSet<>();
    private volatile boolean hasJoined;

    SampleClient(Protocol protocol, Transport transport) {
        this.protocol = protocol;
        this.transport = transport;
        this.decoder = protocol.newDecoder();
        this.lane = new Lane(transport);
    }

    /** Whether it has ever joined a namespace. */
    boolean hasJoined() {
        return hasJoined;
    }

    @Override
    public void received(Frame frame) {
        try {
            decoder.decode(frame).ifPresent(this::take);
        } catch (ProtocolException bad) {
            transport.close(CloseReason.BAD_FRAME);
        }
    }

    @Override
    public void closed(CloseReason reason) {}

    private void take(Inbound inbound) {
        if (inbound instanceof Inbound.Connect connect) {
            connect(connect.namespace(), connect.data());
        } else if (!joined.contains(inbound.namespace())) {
            throw new ProtocolException("a packet for a namespace that was not joined");
        } else if (inbound instanceof Inbound.Event event) {
            answer(event);
        } else if (inbound instanceof Inbound.Disconnect) {
            joined.remove(inbound.namespace());
        }
    }

    private void connect(String namespace, Optional<Payload> auth) {
        if (!NAMESPACES.contains(namespace)) {
            say(new Outbound.Refused(namespace, "Invalid namespace", Optional.empty()));
        } else if (joined.add(namespace)) {
            hasJoined = true;
            say(new Outbound.Connected(namespace, SessionId.random()));
            say(new Outbound.Event(namespace, "auth", List.of(auth.orElse(Payload.emptyObject()))));
        }
    }

    private void answer(Inbound.Event event) {
        Inbound.Call call = event.body().read();
        if (!event.namespace().equals("/")) {
            return;
        }
        if (call.event().equals("message")) {
            say(new Outbound.Event("/", "message-back", call.arguments()));
        } else if (call.event().equals("message-with-ack")) {
            event.ackId().ifPresent(id -> say(new Outbound.Ack("/", id, call.arguments())));
        }
    }

    private void say(Outbound message) {
        lane.send(protocol.encode(message));
    }
}
