package dev.realtime.protocol.plain;

import dev.realtime.json.Payload;
import java.util.Base64;
import java.util.Optional;

/**
 * Bytes inside of JSON: an object with the one field {@code _binary}, which holds them as base64 with the standard
 * alphabet and padding (RFC 4648 section 4). An object that only looks similar is itself.
 */
final class BinaryValues {
    private static final String FIELD = "_binary";

    private BinaryValues() {}

    /** The value with bytes where the frame's {@code text}, which it was read from, has them as base64. */
    static Payload read(Payload value, String text) {
        return mayBeIn(text) ? value.withBinary(BinaryValues::bytes) : value;
    }

    /** The value as JSON that a client can read. */
    static Payload written(Payload value) {
        return value.hasBinary() ? value.withoutBinary(BinaryValues::object) : value;
    }

    /** Almost every frame has none and is not walked through; a name may also be written with escapes. */
    private static boolean mayBeIn(String text) {
        return text.contains(FIELD) || text.contains("\\u");
    }

    private static Optional<byte[]> bytes(Payload object) {
        return object.get(FIELD)
                .filter(value -> value.is(Payload.Kind.TEXT) && object.names().size() == 1)
                .map(Payload::asText)
                .flatMap(BinaryValues::decoded);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return base64.length() % 4 == 0 ? Optional.of(Base64.getDecoder().decode(base64)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Payload object(byte[] bytes) {
        return Payload.object()
                .put(FIELD, Base64.getEncoder().encodeToString(bytes))
                .end();
    }
}
