/** Engine.IO 4: session id, handshake, heartbeat, polling and upgrade between a transport and the protocol above. */
@NullMarked
package dev.realtime.protocol.engineio;

import org.jspecify.annotations.NullMarked;
