package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
        String form = packet.replace("\n", "");
        if (form.length() % 4 != 1) {
            return Optional.empty();
        }
        try {
            ByteBuffer base64 =
                    ByteBuffer.wrap(form.getBytes(StandardCharsets.ISO_8859_1)).position(1);
            return Optional.of(Frame.binary(Base64.getDecoder().decode(base64).array()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
