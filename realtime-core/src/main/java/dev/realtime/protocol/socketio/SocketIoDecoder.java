package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Socket.IO packets of one connection. A packet with attachments is kept until the last of them is there;
 * the JSON of an event is not looked at before its body is read.
 */
final class SocketIoDecoder implements Decoder {
    private final SocketIoSettings settings;
    private @Nullable Unfinished unfinished;

    SocketIoDecoder(SocketIoSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Inbound> decode(Frame frame) {
        return frame.isText() ? packet(frame.text()) : attachment(frame);
    }

    private Optional<Inbound> packet(String message) {
        if (unfinished != null) {
            throw new ProtocolException("a packet between the attachments of another");
        }
        PacketHeader header = PacketHeader.scan(message, settings.maxAttachments());
        if (header.attachments() == 0) {
            return Optional.of(meaning(header, Attachments.NONE));
        }
        requireArguments(header);
        unfinished = new Unfinished(header, new Attachments(header.attachments(), settings.maxAttachmentBytes()));
        return Optional.of(new Inbound.Begun(header.namespace()));
    }

    private Optional<Inbound> attachment(Frame frame) {
        Unfinished packet = unfinished;
        if (packet == null) {
            throw new ProtocolException("a binary frame that no packet announced");
        }
        if (!packet.attachments().add(frame)) {
            return Optional.empty();
        }
        unfinished = null;
        return Optional.of(meaning(packet.header(), packet.attachments()));
    }

    private static Inbound meaning(PacketHeader header, Attachments attachments) {
        return switch (header.type()) {
            case CONNECT -> new Inbound.Connect(header.namespace(), connectData(header));
            case DISCONNECT -> disconnect(header);
            case EVENT, BINARY_EVENT -> event(header, attachments);
            case ACK, BINARY_ACK -> ack(header, attachments);
        };
    }

    private static Optional<Payload> connectData(PacketHeader header) {
        if (header.json().isEmpty()) {
            return Optional.empty();
        }
        Payload data = Arguments.parse(header.json());
        if (!data.is(Payload.Kind.OBJECT)) {
            throw new ProtocolException("a connect with something else than an object");
        }
        return Optional.of(data);
    }

    private static Inbound disconnect(PacketHeader header) {
        if (!header.json().isEmpty()) {
            throw new ProtocolException("a disconnect with a payload");
        }
        return new Inbound.Disconnect(header.namespace());
    }

    private static Inbound event(PacketHeader header, Attachments attachments) {
        requireArguments(header);
        return new Inbound.Event(header.namespace(), header.ackId(), new EventBody(header.json(), attachments));
    }

    /** One without arguments answers nothing, as in the reference implementation. */
    private static Inbound ack(PacketHeader header, Attachments attachments) {
        if (header.json().isEmpty()) {
            return new Inbound.Ack(header.namespace(), OptionalLong.empty(), List.of());
        }
        return new Inbound.Ack(header.namespace(), header.ackId(), Arguments.read(header.json(), attachments));
    }

    private static void requireArguments(PacketHeader header) {
        boolean isAck = header.type() == PacketType.ACK || header.type() == PacketType.BINARY_ACK;
        if (!header.json().startsWith("[") && !(isAck && header.json().isEmpty())) {
            throw new ProtocolException("a packet without a list of arguments");
        }
    }

    private record Unfinished(PacketHeader header, Attachments attachments) {}
}
