/** The library: protocols, sessions, rooms, messages, presence, calls, notifications, and their stores in memory. */
module dev.realtime.core {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires com.fasterxml.jackson.databind;
    requires com.auth0.jwt;
    requires static jakarta.servlet;
    requires static jakarta.websocket;
    requires static jakarta.websocket.client;

    exports dev.realtime.address;
    exports dev.realtime.auth;
    exports dev.realtime.call;
    exports dev.realtime.call.memory;
    exports dev.realtime.error;
    exports dev.realtime.fanout;
    exports dev.realtime.json;
    exports dev.realtime.messaging;
    exports dev.realtime.messaging.memory;
    exports dev.realtime.notification;
    exports dev.realtime.page;
    exports dev.realtime.presence;
    exports dev.realtime.protocol.engineio;
    exports dev.realtime.protocol.plain;
    exports dev.realtime.protocol.socketio;
    exports dev.realtime.protocol;
    exports dev.realtime.recovery;
    exports dev.realtime.room;
    exports dev.realtime.servlet;
    exports dev.realtime.session;
    exports dev.realtime.time;
    exports dev.realtime.transport;
    exports dev.realtime.typing;
    exports dev.realtime.visit;
    exports dev.realtime.websocket;
}
