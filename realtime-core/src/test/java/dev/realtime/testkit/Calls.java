package dev.realtime.testkit;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.Call;
import dev.realtime.call.CallQuality;
import dev.realtime.call.CallQuality.Measure;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallState;
import dev.realtime.call.CallType;
import dev.realtime.call.Ending;
import dev.realtime.call.Invitation;
import dev.realtime.call.QualityIssue;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Calls and records for tests of their stores. */
public final class Calls {
    /** When these calls begin. */
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Calls() {}

    /** A user that no other test has. */
    public static UserId freshUser() {
        return new UserId("u-" + UUID.randomUUID());
    }

    /** A call that rings, with everything a caller can say. */
    public static Call ringing(UserId caller, UserId callee) {
        Invitation invitation = new Invitation(
                CallId.random(),
                caller,
                "patient",
                Set.of(caller, callee),
                Optional.of(new VisitId("v1")),
                Optional.of(CallType.VIDEO),
                Optional.of(Payload.parse("{\"a\":[1,null,\"\u00e9\"]}")),
                NOON);
        return new Call(
                invitation,
                CallState.RINGING,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                CallQuality.NONE,
                Optional.empty(),
                1);
    }

    /** The next form of the call, answered, with everything that may be known of it by then. */
    public static Call answered(Call call) {
        return new Call(
                call.invitation(),
                CallState.ACCEPTED,
                Optional.of(NOON.plusMillis(1_234)),
                Optional.empty(),
                Map.of(call.caller(), NOON.plusMillis(2_345)),
                quality(),
                call.deadline(),
                call.version() + 1);
    }

    /** The next form of the call, over. */
    public static Call ended(Call call) {
        return new Call(
                call.invitation(),
                CallState.ENDED,
                call.answeredAt(),
                Optional.of(
                        new Ending(NOON.plusMillis(9_876), Optional.of(call.caller()), Optional.of("disconnect"), 8)),
                call.gone(),
                call.quality(),
                call.deadline(),
                call.version() + 1);
    }

    /** The next form of the call, with that deadline. */
    public static Call due(Call call, Instant deadline) {
        return new Call(
                call.invitation(),
                call.state(),
                call.answeredAt(),
                call.ending(),
                call.gone(),
                call.quality(),
                Optional.of(deadline),
                call.version() + 1);
    }

    /** The record of a call that was missed. */
    public static CallRecord missed(UserId caller, UserId callee, Instant startedAt) {
        return new CallRecord(
                CallId.random(),
                caller,
                callee,
                Optional.empty(),
                Optional.empty(),
                CallState.MISSED,
                startedAt,
                Optional.empty(),
                new Ending(startedAt.plusSeconds(30), Optional.empty(), Optional.empty(), 0),
                CallQuality.NONE);
    }

    /** The record of a call with everything that may be known of one. */
    public static CallRecord whole(UserId caller, UserId callee) {
        return CallRecord.of(ended(answered(ringing(caller, callee))));
    }

    private static CallQuality quality() {
        return new CallQuality(
                3,
                new Measure(3, 60, 51),
                new Measure(2, 200.5, 120.25),
                new Measure(1, 7.125, 7.125),
                Measure.NONE,
                Map.of(QualityIssue.HIGH_PACKET_LOSS, NOON.plusMillis(3_456)));
    }
}
