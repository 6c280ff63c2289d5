package dev.realtime.messaging;

/** How far a message has come with anybody but its sender. */
public enum MessageStatus {
    /** Stored, and nobody has said that it arrived. */
    SENT,
    /** It has arrived at another user. */
    DELIVERED,
    /** Another user has read it. */
    READ
}
