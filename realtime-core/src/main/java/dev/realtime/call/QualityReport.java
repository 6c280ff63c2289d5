package dev.realtime.call;

import dev.realtime.json.Payload;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What one party sees of a call.
 *
 * @param packetsLost packets lost
 * @param latency in milliseconds
 * @param jitter in milliseconds
 * @param bitrate in what unit the client counts
 * @param metrics all of it, as reported
 */
public record QualityReport(
        OptionalDouble packetsLost,
        OptionalDouble latency,
        OptionalDouble jitter,
        OptionalDouble bitrate,
        Payload metrics) {

    /** What is too much in it. */
    public Set<QualityIssue> issues() {
        Set<QualityIssue> found = EnumSet.noneOf(QualityIssue.class);
        add(found, QualityIssue.HIGH_PACKET_LOSS, packetsLost);
        add(found, QualityIssue.HIGH_LATENCY, latency);
        add(found, QualityIssue.HIGH_JITTER, jitter);
        return found;
    }

    private static void add(Set<QualityIssue> found, QualityIssue issue, OptionalDouble value) {
        if (value.isPresent() && issue.isIn(value.getAsDouble())) {
            found.add(issue);
        }
    }
}
