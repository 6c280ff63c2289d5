package dev.realtime.call;

/** What a call is to carry, as the caller says. */
public enum CallType {
    AUDIO,
    VIDEO
}
