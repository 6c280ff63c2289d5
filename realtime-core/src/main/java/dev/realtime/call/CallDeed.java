package dev.realtime.call;

/** What only some may do with a call. */
public enum CallDeed {
    ACCEPT,
    REJECT,
    END,
    SIGNAL,
    REPORT
}
