package dev.realtime.messaging;

/** Hears of messages in the order of their numbers, room by room, after they are stored. */
@FunctionalInterface
public interface MessageListener {

    /** {@code message}, sent to {@code target}, is stored and new: a retry is not told again. */
    void sent(Message message, Target target);
}
