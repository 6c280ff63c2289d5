package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import java.util.Base64;
import java.util.Optional;

/**
 * A binary message in the text form {@code b<base64>}, with the standard alphabet and padding (RFC 4648 section 4). It
 * may have line breaks: the stock Java client writes one after each 76 characters.
 */
final class Base64Message {
    private Base64Message() {}

    /** The binary frame it stands for; empty when it is not base64. */
    static Optional<Frame> decode(String packet) {
        String base64 = packet.substring(1).replace("\n", "");
        if (base64.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Frame.binary(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
