package dev.realtime.protocol.engineio;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Refusal;
import java.util.Optional;

/**
 * Decides what an HTTP request to Engine.IO is: a preflight, the beginning of a session, a poll or post of one that
 * lives, or an error. Any thread may call.
 */
final class PollingRequests {
    private final EngineIoAcceptor home;
    private final Acceptor upper;

    PollingRequests(EngineIoAcceptor home, Acceptor upper) {
        this.home = home;
        this.upper = upper;
    }

    void serve(HttpExchange asked) {
        if (!upper.origins().allows(asked.handshake())) {
            asked.answer(EngineIoError.FORBIDDEN.answer().with("Vary", "Origin"));
            return;
        }
        CorsExchange exchange = new CorsExchange(asked);
        if (exchange.method().equals("OPTIONS")) {
            exchange.answerPreflight();
            return;
        }
        error(exchange).ifPresentOrElse(error -> exchange.answer(error.answer()), () -> serveWellFormed(exchange));
    }

    private void serveWellFormed(HttpExchange exchange) {
        Optional<String> sid = exchange.handshake().parameter("sid");
        Optional<Polling> polling = sid.flatMap(home::polling);
        if (sid.isEmpty()) {
            begin(exchange);
        } else if (polling.isEmpty()) {
            exchange.answer(EngineIoError.UNKNOWN_SESSION.answer());
        } else if (exchange.method().equals("GET")) {
            polling.get().gets().get(exchange);
        } else {
            polling.get().posts().post(exchange);
        }
    }

    private void begin(HttpExchange exchange) {
        Optional<Refusal> refusal = upper.refuse(exchange.handshake());
        exchange.answer(refusal.map(HttpAnswer::of).orElseGet(() -> home.openPolling(exchange.handshake())));
    }

    private Optional<EngineIoError> error(HttpExchange exchange) {
        Handshake head = exchange.handshake();
        Optional<String> transport = head.parameter("transport");
        Optional<String> sid = head.parameter("sid");
        boolean isWebSocket = transport.equals(Optional.of("websocket"));
        if (home.hasOtherVersion(head)) {
            return Optional.of(home.versionError(head));
        }
        if (!isWebSocket && !transport.equals(Optional.of("polling"))) {
            return Optional.of(EngineIoError.UNKNOWN_TRANSPORT);
        }
        if (sid.isEmpty() && !exchange.method().equals("GET")) {
            return Optional.of(EngineIoError.BAD_METHOD);
        }
        if (sid.isPresent()
                && home.live(sid.get()).isEmpty()
                && home.polling(sid.get()).isEmpty()) {
            return Optional.of(EngineIoError.UNKNOWN_SESSION);
        }
        boolean fits = !isWebSocket && (sid.isEmpty() || isForPolling(exchange, sid.get()));
        return fits ? Optional.empty() : Optional.of(EngineIoError.BAD_REQUEST);
    }

    private boolean isForPolling(HttpExchange exchange, String sid) {
        return home.polling(sid).isPresent()
                && (exchange.method().equals("GET") || exchange.method().equals("POST"));
    }
}
