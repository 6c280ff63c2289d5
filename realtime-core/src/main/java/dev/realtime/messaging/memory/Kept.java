package dev.realtime.messaging.memory;

import dev.realtime.messaging.Message;
import dev.realtime.messaging.RetryKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message in its place, with its weight taken once; the place stays when the message is erased. Compared by identity. */
final class Kept {
    private final Instant moment;
    private final int weight;
    private @Nullable Message message;

    Kept(Message message, int weight) {
        this.moment = message.timestamp();
        this.weight = weight;
        this.message = message;
    }

    Instant moment() {
        return moment;
    }

    int weight() {
        return weight;
    }

    boolean isErased() {
        return message == null;
    }

    /** What is kept; not to be asked of an erased one. */
    Message message() {
        if (message == null) {
            throw new IllegalStateException("the message was erased");
        }
        return message;
    }

    void erase() {
        message = null;
    }

    /** Under which a retry finds this message. */
    Optional<RetryKey> key() {
        return RetryKey.of(message());
    }
}
