package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes Socket.IO packets as Engine.IO messages. */
final class PacketEncoder {
    private final int maxAttachments;

    PacketEncoder(int maxAttachments) {
        this.maxAttachments = maxAttachments;
    }

    List<Frame> encode(Outbound message) {
        String namespace = message.namespace();
        if (message instanceof Outbound.Event event) {
            return arguments(2, namespace, OptionalLong.empty(), Optional.of(event.name()), withOffset(event));
        }
        if (message instanceof Outbound.Ack ack) {
            return arguments(3, namespace, OptionalLong.of(ack.id()), Optional.empty(), ack.arguments());
        }
        if (message instanceof Outbound.Connected connected) {
            return object(0, namespace, connected(connected));
        }
        if (message instanceof Outbound.Refused refused) {
            return object(4, namespace, refusal(refused));
        }
        return List.of(new PacketWriter(1, 0, namespace, OptionalLong.empty()).end());
    }

    private static Payload connected(Outbound.Connected connected) {
        return Payload.object()
                .put("sid", connected.session().value())
                .put("pid", connected.privateId())
                .end();
    }

    /** Clients that know how to resume take a trailing text for the offset; others see one more argument. */
    private static List<Payload> withOffset(Outbound.Event event) {
        if (event.offset().isEmpty()) {
            return event.arguments();
        }
        List<Payload> all = new ArrayList<>(event.arguments());
        all.add(Payload.of(event.offset().get()));
        return all;
    }

    private static Payload refusal(Outbound.Refused refused) {
        var object = Payload.object().put("message", refused.message());
        refused.data().ifPresent(data -> object.put("data", data));
        return object.end();
    }

    private static List<Frame> object(int type, String namespace, Payload object) {
        return List.of(new PacketWriter(type, 0, namespace, OptionalLong.empty())
                .value(object)
                .end());
    }

    private List<Frame> arguments(
            int type, String namespace, OptionalLong id, Optional<String> name, List<Payload> arguments) {
        for (Payload argument : arguments) {
            if (argument.hasBinary()) {
                return binary(type + 3, namespace, id, name, arguments);
            }
        }
        return List.of(list(new PacketWriter(type, 0, namespace, id), name, arguments));
    }

    private List<Frame> binary(
            int type, String namespace, OptionalLong id, Optional<String> name, List<Payload> arguments) {
        TakenOut binary = new TakenOut(maxAttachments);
        List<Payload> rest = arguments.stream().map(binary::from).toList();
        Frame text = list(new PacketWriter(type, binary.count(), namespace, id), name, rest);
        return binary.framesAfter(text);
    }

    private static Frame list(PacketWriter packet, Optional<String> name, List<Payload> arguments) {
        packet.open();
        name.ifPresent(packet::element);
        arguments.forEach(packet::element);
        return packet.close().end();
    }
}
