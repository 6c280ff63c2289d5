package dev.realtime.runner.server;

import java.time.Duration;

/**
 * How long a request may take to arrive, however busily its bytes trickle in, and the next to begin.
 *
 * @param head from the connection, or the first byte of a later request, to the end of the head; a TLS handshake
 *     counts as part of it
 * @param body from there to the end of the body
 * @param idle how long nothing may happen on a connection while no answer is awaited; an answer that its client does
 *     not read counts as nothing
 */
public record RequestPatience(Duration head, Duration body, Duration idle) {
    /** 10 s, 30 s and 30 s: a phone on a bad line still gets its megabyte through. */
    public static final RequestPatience USUAL =
            new RequestPatience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
}
