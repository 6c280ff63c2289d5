package dev.realtime.wire;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.CallQuality;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallState;
import dev.realtime.call.CallType;
import dev.realtime.call.IceServers;
import dev.realtime.call.QualityIssue;
import dev.realtime.call.SignalType;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The shapes and words of calls. */
final class CallJson {
    static final Map<String, CallType> TYPES = Map.of("audio", CallType.AUDIO, "video", CallType.VIDEO);
    static final Map<String, SignalType> SIGNALS = Map.of(
            "offer", SignalType.OFFER,
            "answer", SignalType.ANSWER,
            "ice-candidate", SignalType.ICE_CANDIDATE);

    private CallJson() {}

    static String word(CallState state) {
        return lower(state);
    }

    static String word(CallType type) {
        return lower(type);
    }

    static String word(QualityIssue issue) {
        return lower(issue);
    }

    static String word(SignalType type) {
        return lower(type).replace('_', '-');
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A call that is over, as it stands in the history. */
    static void write(ObjectWriter object, CallRecord record) {
        object.put("callId", record.id().value())
                .put("callerId", record.caller().value())
                .put("recipientId", record.callee().value())
                .put("visitId", record.visit().map(VisitId::value))
                .put("callType", record.type().map(CallJson::word))
                .put("status", word(record.state()))
                .put("startedAt", Timestamps.of(record.startedAt()))
                .put("answeredAt", record.answeredAt().map(Timestamps::of))
                .put("endedAt", Timestamps.of(record.ending().at()))
                .put("duration", record.ending().seconds())
                .put("endedBy", record.ending().by().map(UserId::value))
                .put("reason", record.ending().reason());
        if (record.quality().reports() > 0) {
            object.put("quality", quality(record.quality()));
        }
    }

    static void write(ObjectWriter object, IceServers.Server server) {
        object.putTexts("urls", server.urls());
        server.credentials()
                .ifPresent(shown -> object.put("username", shown.username()).put("credential", shown.credential()));
    }

    private static Payload quality(CallQuality quality) {
        ObjectWriter object = Payload.object().put("reports", quality.reports());
        put(object, "maxPacketsLost", quality.packetsLost().greatest());
        put(object, "avgLatency", quality.latency().average());
        put(object, "maxLatency", quality.latency().greatest());
        put(object, "avgJitter", quality.jitter().average());
        put(object, "maxJitter", quality.jitter().greatest());
        put(object, "avgBitrate", quality.bitrate().average());
        return object.putTexts(
                        "issues",
                        quality.issues().stream().sorted().map(CallJson::word).toList())
                .end();
    }

    /** With at most two digits of a fraction, and none where there is none. */
    private static void put(ObjectWriter object, String name, OptionalDouble value) {
        value.ifPresent(number -> {
            BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
            boolean isWhole = rounded.stripTrailingZeros().scale() <= 0;
            object.put(name, isWhole ? Payload.of(rounded.toBigInteger()) : Payload.of(rounded.doubleValue()));
        });
    }
}
