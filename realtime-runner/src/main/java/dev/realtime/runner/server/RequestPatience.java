package dev.realtime.runner.server;

import java.time.Duration;

/**
 * How long a request may take to arrive, however busily its bytes trickle in.
 *
 * @param head from the connection, or the first byte of a later request, to the end of the head; a TLS handshake
 *     counts as part of it
 * @param body from there to the end of the body
 */
public record RequestPatience(Duration head, Duration body) {
    /** 10 s and 30 s: a phone on a bad line still gets its megabyte through. */
    public static final RequestPatience USUAL = new RequestPatience(Duration.ofSeconds(10), Duration.ofSeconds(30));
}
