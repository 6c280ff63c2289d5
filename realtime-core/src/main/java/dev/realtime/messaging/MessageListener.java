package dev.realtime.messaging;

import dev.realtime.address.SessionId;
import java.util.Optional;

/** Hears of messages in the order of their numbers, room by room, after they are stored. */
@FunctionalInterface
public interface MessageListener {

    /** {@code message} is stored; {@code origin} is the session it was sent from, when there was one. */
    void sent(Message message, Optional<SessionId> origin);
}
