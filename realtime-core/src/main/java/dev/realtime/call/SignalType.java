package dev.realtime.call;

/** The three signals with which two parties agree on the media of their call (RFC 8829). */
public enum SignalType {
    OFFER,
    ANSWER,
    ICE_CANDIDATE
}
