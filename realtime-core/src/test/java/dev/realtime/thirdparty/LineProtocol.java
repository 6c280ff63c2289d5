package dev.realtime.thirdparty;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Chat for people at a terminal, a line a frame.
 *
 * <pre>{@code
 * HELLO <token>            WELCOME <session>, or NO <why>
 * JOIN <room>              OK <json>
 * SAY <room> <text>        OK <json>; the others get EVENT <name> <json>
 * BYE                      ends the session
 * }</pre>
 */
final class LineProtocol implements Protocol {

    @Override
    public String name() {
        return "line";
    }

    @Override
    public Decoder newDecoder() {
        return frame -> Optional.of(decode(frame.text()));
    }

    @Override
    public List<Frame> encode(Outbound message) {
        if (message instanceof Outbound.Connected connected) {
            List<Frame> lines = new ArrayList<>(line("WELCOME " + connected.session()));
            connected.greeting().ifPresent(greeting -> lines.addAll(encode(greeting)));
            return lines;
        }
        if (message instanceof Outbound.Refused refused) {
            return line("NO " + refused.message());
        }
        if (message instanceof Outbound.Ack ack) {
            return line("OK " + ack.arguments().get(0));
        }
        if (message instanceof Outbound.Event event) {
            return line("EVENT " + event.name() + " " + event.arguments().get(0));
        }
        return line("BYE");
    }

    /** There is no handshake and no heartbeat of its own. */
    @Override
    public Acceptor beneath(Acceptor upper, Timers timers) {
        return upper;
    }

    private static Inbound decode(String line) {
        String[] words = line.split(" ", 3);
        return switch (words[0]) {
            case "HELLO" -> new Inbound.Connect("/", Optional.of(object("token", words[1])));
            case "JOIN" -> event("room:join", object("roomId", words[1], "roomType", "chat"));
            case "SAY" -> event("message:send", object("roomId", words[1], "message", words[2]));
            case "BYE" -> new Inbound.Disconnect("/");
            default -> throw new ProtocolException("a line with another verb");
        };
    }

    /** Answers come in the order of the events, so one number serves all. */
    private static Inbound event(String name, Payload data) {
        return new Inbound.Event("/", OptionalLong.of(0), () -> new Inbound.Call(name, List.of(data)));
    }

    private static Payload object(String... fields) {
        var object = Payload.object();
        for (int i = 0; i < fields.length; i += 2) {
            object.put(fields[i], fields[i + 1]);
        }
        return object.end();
    }

    private static List<Frame> line(String text) {
        return List.of(Frame.text(text));
    }
}
