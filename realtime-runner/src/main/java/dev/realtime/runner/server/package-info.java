/** The runner's own web server: HTTP pages and WebSocket connections on one port, on Grizzly and Tyrus. */
@NullMarked
package dev.realtime.runner.server;

import org.jspecify.annotations.NullMarked;
