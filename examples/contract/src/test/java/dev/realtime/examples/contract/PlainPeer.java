package dev.realtime.examples.contract;

import dev.realtime.json.Payload;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A client of the plain protocol on a socket of its own. For one thread. */
final class PlainPeer implements AutoCloseable {
    final RawSocket socket;
    private final Queue<Payload> heard = new ArrayDeque<>();
    private int asked;

    private PlainPeer(RawSocket socket) {
        this.socket = socket;
    }

    /** A peer that is greeted; the token is {@code user/role}. */
    static PlainPeer connected(int port, String token) throws IOException {
        return connected(port, token, 0);
    }

    /** The same with a small window, so that the server soon notices that it does not read. */
    static PlainPeer connected(int port, String token, int receiveBuffer) throws IOException {
        PlainPeer peer = new PlainPeer(RawSocket.upgraded(port, receiveBuffer, "/realtime"));
        peer.socket.text("{\"event\":\"connect\",\"data\":{\"token\":\"" + token + "\"}}");
        peer.next("connected");
        return peer;
    }

    /** A peer in a chat room. */
    static PlainPeer in(String room, int port, String token) throws IOException {
        return in(room, port, token, 0);
    }

    static PlainPeer in(String room, int port, String token, int receiveBuffer) throws IOException {
        PlainPeer peer = connected(port, token, receiveBuffer);
        Payload ack = peer.ask("room:join", "{\"roomId\":\"" + room + "\",\"roomType\":\"chat\"}");
        if (!isSuccess(ack)) {
            throw new AssertionError("not let in: " + ack);
        }
        return peer;
    }

    /** Sends an event and waits for the reply; what comes meanwhile is kept. */
    Payload ask(String event, String data) throws IOException {
        int id = asked++;
        socket.text("{\"event\":\"" + event + "\",\"data\":" + data + ",\"id\":" + id + "}");
        while (true) {
            Payload frame = read();
            if (frame.get("reply").filter(reply -> reply.asLong() == id).isPresent()) {
                return frame.get("data").orElseThrow();
            }
            heard.add(frame);
        }
    }

    Payload say(String room, String text) throws IOException {
        return ask("message:send", "{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}");
    }

    /** The data of the next event of this name; others before it are passed by. */
    Payload next(String event) throws IOException {
        while (true) {
            Payload frame = heard.isEmpty() ? read() : heard.remove();
            if (frame.get("event").map(Payload::asText).equals(Optional.of(event))) {
                return frame.get("data").orElseThrow();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static boolean isSuccess(Payload ack) {
        return ack.get("success").map(Payload::asBoolean).orElse(false);
    }

    private Payload read() throws IOException {
        RawSocket.Received message = socket.receive();
        if (message.isClose()) {
            throw new IOException("closed with " + message.closeCode());
        }
        return Payload.parse(message.content());
    }
}
