package dev.realtime.runner.server;

import dev.realtime.runner.http.Response;

/** What the server itself answers when no page can. */
final class Answers {
    static final Response BUSY = Response.json(503, "{\"error\":\"Service unavailable\",\"code\":\"unavailable\"}")
            .with("Retry-After", "1");
    static final Response TOO_LARGE = Response.json(413, "{\"error\":\"Body too large\",\"code\":\"limit_exceeded\"}")
            .with("Connection", "close");
    static final Response FAILED = Response.json(500, "{\"error\":\"Internal server error\",\"code\":\"internal\"}");

    private Answers() {}
}
