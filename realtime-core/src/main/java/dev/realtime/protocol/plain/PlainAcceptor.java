package dev.realtime.protocol.plain;

import dev.realtime.protocol.Heartbeat;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts a heartbeat and last words under each connection of the layer above. Safe for many threads. */
final class PlainAcceptor implements Acceptor {
    private static final Refusal FOREIGN_SUBPROTOCOL =
            new Refusal(400, "{\"code\":\"bad_frame\",\"message\":\"Unsupported subprotocol\"}", CloseReason.BAD_FRAME);

    private final PlainSettings settings;
    private final Timers timers;
    private final Acceptor upper;
    private final Heartbeat.Pace pace;

    PlainAcceptor(PlainSettings settings, Timers timers, Acceptor upper) {
        this.settings = settings;
        this.timers = timers;
        this.upper = upper;
        this.pace = new Heartbeat.Pace(timers, settings.pingInterval(), settings.pingTimeout());
    }

    /** Turns away who offers subprotocols and not ours, then asks the layer above. */
    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        Optional<Refusal> refusal = isForeign(handshake) ? Optional.of(FOREIGN_SUBPROTOCOL) : upper.refuse(handshake);
        return refusal.map(silent -> new Refusal(
                silent.status(), silent.body(), silent.reason(), silent.retryAfter(), LastWord.refusing(silent)));
    }

    @Override
    public Connection open(Handshake handshake, Transport transport) {
        return new PlainConnection(this, transport).open(upper, handshake);
    }

    int maxPayload() {
        return settings.maxPayload();
    }

    Timers timers() {
        return timers;
    }

    Heartbeat.Pace pace() {
        return pace;
    }

    private static boolean isForeign(Handshake handshake) {
        List<String> offered = handshake.headers().getOrDefault("sec-websocket-protocol", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return !offered.isEmpty() && !offered.contains(PlainProtocol.SUBPROTOCOL);
    }
}
