/** Socket.IO 5: packets with namespaces, acks and binary attachments, carried by Engine.IO messages. */
@NullMarked
package dev.realtime.protocol.socketio;

import org.jspecify.annotations.NullMarked;
