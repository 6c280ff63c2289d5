package dev.realtime.jdbc;

import dev.realtime.call.CallQuality;
import dev.realtime.call.CallQuality.Measure;
import dev.realtime.call.QualityIssue;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What was reported of a call, as JSON in one column: nobody searches by it, and clients may report more one day. */
final class QualityColumn {
    private QualityColumn() {}

    static String json(CallQuality quality) {
        ObjectWriter raised = Payload.object();
        quality.raised().forEach((issue, at) -> raised.put(issue.name(), Columns.floorMillis(at)));
        return Payload.object()
                .put("reports", quality.reports())
                .put("packetsLost", json(quality.packetsLost()))
                .put("latency", json(quality.latency()))
                .put("jitter", json(quality.jitter()))
                .put("bitrate", json(quality.bitrate()))
                .put("raised", raised.end())
                .end()
                .toString();
    }

    static CallQuality quality(String json) {
        Payload object = Payload.parse(json);
        Map<QualityIssue, Instant> raised = new EnumMap<>(QualityIssue.class);
        Payload issues = object.get("raised").orElse(Payload.emptyObject());
        for (String issue : issues.names()) {
            raised.put(
                    QualityIssue.valueOf(issue),
                    Columns.moment(issues.get(issue).map(Payload::asLong).orElse(0L)));
        }
        return new CallQuality(
                object.get("reports").map(Payload::asLong).orElse(0L),
                measure(object, "packetsLost"),
                measure(object, "latency"),
                measure(object, "jitter"),
                measure(object, "bitrate"),
                raised);
    }

    private static Payload json(Measure measure) {
        return Payload.object()
                .put("count", measure.count())
                .put("sum", Payload.of(measure.sum()))
                .put("max", Payload.of(measure.max()))
                .end();
    }

    private static Measure measure(Payload object, String name) {
        Payload measure = object.get(name).orElse(Payload.emptyObject());
        return new Measure(
                measure.get("count").map(Payload::asLong).orElse(0L),
                measure.get("sum").map(Payload::asDouble).orElse(0.0),
                measure.get("max").map(Payload::asDouble).orElse(0.0));
    }
}
