package dev.realtime.auth;

import dev.realtime.json.Payload;
import dev.realtime.transport.Handshake;
import java.util.Optional;

/**
 * What a client shows to prove who it is.
 *
 * @param connect the data of its connect: the auth object of a Socket.IO client
 * @param handshake the request that opened the connection
 */
public record Credentials(Optional<Payload> connect, Handshake handshake) {}
