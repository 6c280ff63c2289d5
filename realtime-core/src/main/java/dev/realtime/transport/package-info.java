/** The border to the containers: frames, handshakes, and the two sides of a connection. */
@NullMarked
package dev.realtime.transport;

import org.jspecify.annotations.NullMarked;
