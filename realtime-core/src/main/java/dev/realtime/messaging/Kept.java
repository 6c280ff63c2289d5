package dev.realtime.messaging;

import java.util.Optional;

/** A message in memory, with its weight taken once. Compared by identity. */
final class Kept {
    private final Message message;
    private final int weight;

    Kept(Message message, int weight) {
        this.message = message;
        this.weight = weight;
    }

    Message message() {
        return message;
    }

    int weight() {
        return weight;
    }

    /** Under which a retry finds this message. */
    Optional<RetryKey> key() {
        return RetryKey.of(message.room(), message.sender(), message.clientMessageId());
    }
}
