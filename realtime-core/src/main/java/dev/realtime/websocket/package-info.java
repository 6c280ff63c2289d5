/** Mounts an acceptor on any jakarta.websocket container; the only user of that API. */
@NullMarked
package dev.realtime.websocket;

import org.jspecify.annotations.NullMarked;
