package dev.realtime.call;

/** What may be wrong with a call, and from where on it is. */
public enum QualityIssue {
    HIGH_PACKET_LOSS(50),
    HIGH_LATENCY(400),
    HIGH_JITTER(50);

    private final double most;

    QualityIssue(double most) {
        this.most = most;
    }

    /** Whether this is too much: packets, or milliseconds. */
    boolean isIn(double value) {
        return value > most;
    }
}
