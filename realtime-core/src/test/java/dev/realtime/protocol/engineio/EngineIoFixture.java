package dev.realtime.protocol.engineio;

import dev.realtime.testkit.ManualTime;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An acceptor with a recording layer on either side and time that is moved by hand. */
final class EngineIoFixture {
    static final EngineIoSettings SETTINGS =
            new EngineIoSettings(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(1), 1000);

    final ManualTime time = new ManualTime();
    final RecordingUpper upper = new RecordingUpper();
    final RecordingTransport carrier = new RecordingTransport();
    final EngineIoAcceptor acceptor = new EngineIoAcceptor(SETTINGS, time, upper);

    Connection open() {
        return acceptor.open(webSocket(), carrier);
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** The session id in the open packet. */
    String sid() {
        return carrier.texts().get(0).substring("0{\"sid\":\"".length()).substring(0, 20);
    }

    boolean knows(String sid) {
        return acceptor.refuse(webSocketWith(sid)).isEmpty();
    }

    static Frame text(String text) {
        return Frame.text(text);
    }

    static Handshake webSocket() {
        return request("EIO", "4", "transport", "websocket");
    }

    static Handshake webSocketWith(String sid) {
        return request("EIO", "4", "transport", "websocket", "sid", sid);
    }

    static Handshake request(String... query) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.put(query[i], query[i + 1]);
        }
        return new Handshake("/socket.io/", parameters, Map.of("host", List.of("localhost")), Optional.empty());
    }
}
