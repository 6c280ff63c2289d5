package dev.realtime.protocol.engineio;

import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request from a page that may ask, with the headers that let the page read each answer, errors included (Fetch
 * standard, "CORS protocol"). Any thread may call.
 */
record CorsExchange(HttpExchange asked) implements HttpExchange {
    private static final String METHODS = "GET, POST, DELETE, OPTIONS";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,1000}");

    @Override
    public String method() {
        return asked.method();
    }

    @Override
    public Handshake handshake() {
        return asked.handshake();
    }

    @Override
    public void read(int maxBytes, BodyReader reader) {
        asked.read(maxBytes, reader);
    }

    @Override
    public void whenGone(Runnable action) {
        asked.whenGone(action);
    }

    @Override
    public void answer(HttpAnswer answer, Transport.Completion completion) {
        asked.answer(answer.with(headers()), completion);
    }

    /** Answers a browser that asks before it sends the request itself. */
    void answerPreflight() {
        HttpAnswer answer = HttpAnswer.empty(204).with("Access-Control-Allow-Methods", METHODS);
        answer(handshake()
                .header("Access-Control-Request-Headers")
                .filter(names -> HEADER_NAMES.matcher(names).matches())
                .map(names -> answer.with("Access-Control-Allow-Headers", names))
                .orElse(answer));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Vary", "Origin");
        handshake().header("Origin").ifPresent(origin -> {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Access-Control-Allow-Credentials", "true");
        });
        return headers;
    }
}
