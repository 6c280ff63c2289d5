/** The plain protocol: one JSON object a frame, for clients that have a WebSocket and nothing else. */
@NullMarked
package dev.realtime.protocol.plain;

import org.jspecify.annotations.NullMarked;
