package dev.realtime.messaging;

import java.util.Optional;
import java.util.UUID;

/** Reads ids of messages. */
final class MessageIds {
    private MessageIds() {}

    /** The id as a message has it; empty for a text that no message has as its id. */
    static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
