package dev.realtime.call;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What both parties have reported of a call, summed up.
 *
 * @param reports how many reports there were
 * @param packetsLost packets lost
 * @param latency in milliseconds
 * @param jitter in milliseconds
 * @param bitrate in what unit the clients count
 * @param raised the issues there were, and when the other party was told of each the last time
 */
public record CallQuality(
        long reports,
        Measure packetsLost,
        Measure latency,
        Measure jitter,
        Measure bitrate,
        Map<QualityIssue, Instant> raised) {
    /** No report yet. */
    public static final CallQuality NONE =
            new CallQuality(0, Measure.NONE, Measure.NONE, Measure.NONE, Measure.NONE, Map.of());

    /** Copies the map. */
    public CallQuality {
        raised = Map.copyOf(raised);
    }

    /** The issues there were. */
    public Set<QualityIssue> issues() {
        return raised.keySet();
    }

    /** With one more report, made at {@code now}; an issue told less than {@code pause} ago is not told again. */
    CallQuality plus(QualityReport report, Instant now, Duration pause) {
        Map<QualityIssue, Instant> told = new EnumMap<>(QualityIssue.class);
        told.putAll(raised);
        report.issues().stream().filter(issue -> isNew(issue, now, pause)).forEach(issue -> told.put(issue, now));
        return new CallQuality(
                reports + 1,
                packetsLost.plus(report.packetsLost()),
                latency.plus(report.latency()),
                jitter.plus(report.jitter()),
                bitrate.plus(report.bitrate()),
                told);
    }

    /** Whether the issue has not been told for so long. */
    boolean isNew(QualityIssue issue, Instant now, Duration pause) {
        Instant last = raised.get(issue);
        return last == null || !now.isBefore(last.plus(pause));
    }

    /**
     * One value, as often as it was reported.
     *
     * @param count how often
     * @param sum all together
     * @param max the greatest; 0 when there is none
     */
    public record Measure(long count, double sum, double max) {
        /** Not reported yet. */
        public static final Measure NONE = new Measure(0, 0, 0);

        /** The mean of what was reported. */
        public OptionalDouble average() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }

        /** The greatest that was reported. */
        public OptionalDouble greatest() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(max);
        }

        private Measure plus(OptionalDouble value) {
            if (value.isEmpty()) {
                return this;
            }
            double one = value.getAsDouble();
            return new Measure(count + 1, sum + one, count == 0 ? one : Math.max(max, one));
        }
    }
}
