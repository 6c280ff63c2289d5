package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;

/** What an Engine.IO 4 packet from a client means, by its first character. */
enum PacketType {
    CLOSE,
    PONG,
    MESSAGE,
    BASE64_MESSAGE,
    /** Of the protocol, without a meaning from this side or at this time. */
    IGNORED,
    /** Not of the protocol, or only the server may send it. */
    BAD;

    static PacketType of(Frame frame) {
        if (!frame.isText()) {
            return MESSAGE;
        }
        String text = frame.text();
        return text.isEmpty() ? BAD : of(text.charAt(0));
    }

    private static PacketType of(char first) {
        return switch (first) {
            case '0', '5', '6' -> IGNORED;
            case '1' -> CLOSE;
            case '3' -> PONG;
            case '4' -> MESSAGE;
            case 'b' -> BASE64_MESSAGE;
            default -> BAD;
        };
    }
}
