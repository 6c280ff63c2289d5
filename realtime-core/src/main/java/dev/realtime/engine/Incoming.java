package dev.realtime.engine;

import dev.realtime.json.Payload;
import dev.realtime.session.Session;
import java.util.Optional;

/**
 * An event of a client that was admitted and awaits its handler.
 *
 * @param session who sent it
 * @param data its first argument; empty when it had none or {@code null}
 */
public record Incoming(Session session, Optional<Payload> data) {}
