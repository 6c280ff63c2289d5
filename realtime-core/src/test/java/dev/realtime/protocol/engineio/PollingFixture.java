package dev.realtime.protocol.engineio;

import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Map;

/** A polled session with a recording layer above and time that is moved by hand. */
final class PollingFixture {
    static final String UNKNOWN_SESSION = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";
    static final char RS = '\u001e';

    final EngineIoFixture io = new EngineIoFixture();
    final RecordingTransport webSocket = new RecordingTransport();
    private String sid = "";

    /** Opens a session by a GET. */
    TestExchange open() {
        TestExchange handshake = ask("GET", "EIO", "4", "transport", "polling");
        sid = handshake.text().substring("0{\"sid\":\"".length()).substring(0, 20);
        return handshake;
    }

    String sid() {
        return sid;
    }

    TestExchange ask(String method, String... query) {
        return ask(new TestExchange(method, query));
    }

    TestExchange ask(TestExchange exchange) {
        if (!io.acceptor.tryServe(exchange)) {
            throw new IllegalStateException("not taken");
        }
        return exchange;
    }

    /** A request of the session. */
    TestExchange of(String method) {
        return new TestExchange(method, "EIO", "4", "transport", "polling", "sid", sid);
    }

    TestExchange of(String method, Map<String, String> headers) {
        return new TestExchange(method, headers, "EIO", "4", "transport", "polling", "sid", sid);
    }

    TestExchange poll() {
        return ask(of("GET"));
    }

    TestExchange post(String body) {
        return ask(of("POST")).body(body);
    }

    RecordingCompletion write(String... texts) {
        RecordingCompletion done = new RecordingCompletion();
        List<Frame> frames = java.util.Arrays.stream(texts).map(Frame::text).toList();
        io.upper.transport().write(frames, done);
        return done;
    }

    /** A WebSocket that names the session. */
    Connection webSocket() {
        return webSocket(webSocket);
    }

    Connection webSocket(RecordingTransport transport) {
        return io.acceptor.open(EngineIoFixture.webSocketWith(sid), transport);
    }

    /** A WebSocket that has the session. */
    Connection upgraded() {
        Connection link = webSocket();
        link.received(Frame.text("2probe"));
        link.received(Frame.text("5"));
        return link;
    }

    /** Whether a WebSocket handshake that names the session would be taken. */
    boolean isAlive() {
        return io.knows(sid);
    }
}
