/** Engine.IO 4: session id, handshake packet and heartbeat between a transport and the protocol above it. */
@NullMarked
package dev.realtime.protocol.engineio;

import org.jspecify.annotations.NullMarked;
