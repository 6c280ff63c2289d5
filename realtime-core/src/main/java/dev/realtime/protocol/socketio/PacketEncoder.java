package dev.realtime.protocol.socketio;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;

/** Writes Socket.IO packets as Engine.IO messages. */
final class PacketEncoder {
    private final int maxAttachments;

    PacketEncoder(int maxAttachments) {
        this.maxAttachments = maxAttachments;
    }

    List<Frame> encode(Outbound message) {
        String namespace = message.namespace();
        if (message instanceof Outbound.Event event) {
            return event(event);
        }
        if (message instanceof Outbound.Ack ack) {
            return answer(ack);
        }
        if (message instanceof Outbound.Connected connected) {
            List<Frame> frames = new ArrayList<>(object(0, namespace, connected(connected)));
            connected.greeting().ifPresent(greeting -> frames.addAll(encode(greeting)));
            return frames;
        }
        if (message instanceof Outbound.Refused refused) {
            return object(4, namespace, refusal(refused));
        }
        return List.of(new PacketWriter(1, 0, namespace).end());
    }

    /** Clients that know how to resume take a trailing text for the offset; others see one more argument. */
    private List<Frame> event(Outbound.Event event) {
        TakenOut binary = new TakenOut(maxAttachments);
        List<Payload> arguments = binary.from(event.arguments());
        PacketWriter packet = new PacketWriter(binary.isEmpty() ? 2 : 5, binary.count(), event.namespace());
        packet.open().element(event.name()).elements(arguments);
        if (event.offset().isPresent()) {
            packet.element(event.offset().get());
        }
        return binary.framesAfter(packet.close().end());
    }

    private List<Frame> answer(Outbound.Ack ack) {
        TakenOut binary = new TakenOut(maxAttachments);
        List<Payload> arguments = binary.from(ack.arguments());
        PacketWriter packet = new PacketWriter(binary.isEmpty() ? 3 : 6, binary.count(), ack.namespace());
        packet.id(ack.id()).open().elements(arguments);
        return binary.framesAfter(packet.close().end());
    }

    private static Payload connected(Outbound.Connected connected) {
        return Payload.object()
                .put("sid", connected.session().value())
                .put("pid", connected.privateId())
                .end();
    }

    private static Payload refusal(Outbound.Refused refused) {
        var object = Payload.object().put("message", refused.message());
        refused.data().ifPresent(data -> object.put("data", data));
        return object.end();
    }

    private static List<Frame> object(int type, String namespace, Payload object) {
        return List.of(new PacketWriter(type, 0, namespace).value(object).end());
    }
}
