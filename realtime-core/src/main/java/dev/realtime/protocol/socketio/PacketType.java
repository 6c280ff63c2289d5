package dev.realtime.protocol.socketio;

import dev.realtime.protocol.ProtocolException;

/** The packets of Socket.IO 5 that a client may send, and what their headers hold. */
enum PacketType {
    CONNECT(false, false),
    DISCONNECT(false, false),
    EVENT(true, false),
    ACK(true, false),
    BINARY_EVENT(true, true),
    BINARY_ACK(true, true);

    private final boolean mayHaveId;
    private final boolean isBinary;

    PacketType(boolean mayHaveId, boolean isBinary) {
        this.mayHaveId = mayHaveId;
        this.isBinary = isBinary;
    }

    static PacketType of(char digit) {
        return switch (digit) {
            case '0' -> CONNECT;
            case '1' -> DISCONNECT;
            case '2' -> EVENT;
            case '3' -> ACK;
            case '5' -> BINARY_EVENT;
            case '6' -> BINARY_ACK;
            default -> throw new ProtocolException("a packet type that clients do not send");
        };
    }

    boolean mayHaveId() {
        return mayHaveId;
    }

    boolean isBinary() {
        return isBinary;
    }
}
