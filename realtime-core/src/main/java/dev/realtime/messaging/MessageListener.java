package dev.realtime.messaging;

/** Hears of messages in the order of their numbers, room by room, and of receipts, after they are stored. */
public interface MessageListener {

    /** {@code message}, sent to {@code target}, is stored and new: a retry is not told again. */
    void sent(Message message, Target target);

    /** Somebody has received or read messages; told for old ones, too, which move no marker. */
    void received(Receipt receipt);
}
