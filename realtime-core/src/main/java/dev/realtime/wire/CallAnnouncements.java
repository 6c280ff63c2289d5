package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.Call;
import dev.realtime.call.CallListener;
import dev.realtime.call.Device;
import dev.realtime.call.Ending;
import dev.realtime.call.Invitation;
import dev.realtime.call.QualityIssue;
import dev.realtime.call.QualityReport;
import dev.realtime.call.Signal;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What users hear of their calls: {@code call:incoming}, {@code call:accepted} and so on. */
public final class CallAnnouncements implements CallListener {
    private static final String ENDED = "call:ended";
    private static final String ANSWERED_ELSEWHERE = "answered_elsewhere";

    private final Fanout fanout;
    private final InstantSource time;

    /** Tells through {@code fanout}. */
    public CallAnnouncements(Fanout fanout, InstantSource time) {
        this.fanout = fanout;
        this.time = time;
    }

    @Override
    public void ringing(Call call) {
        ringing(call, Audience.user(call.callee()));
    }

    /** The same for a device that comes while it rings. */
    void ringing(Call call, Audience device) {
        Invitation invitation = call.invitation();
        ObjectWriter data = about(call)
                .put("callerId", call.caller().value())
                .put("callerRole", invitation.callerRole())
                .put("visitId", invitation.visit().map(VisitId::value))
                .put("callType", invitation.type().map(CallJson::word))
                .put("timestamp", Timestamps.of(call.startedAt()));
        invitation.metadata().ifPresent(metadata -> data.put("metadata", metadata));
        publish(Delivery.of(device, "call:incoming", data.end()));
    }

    /** That it rings no more, to a device that came too late to hear why. */
    void silenced(Call call, Audience device) {
        boolean isAnswered = call.state().isAnswered();
        UserId by = isAnswered ? call.callee() : call.caller();
        Optional<String> reason = isAnswered ? Optional.of(ANSWERED_ELSEWHERE) : Optional.empty();
        publish(Delivery.of(
                device, ENDED, ended(call, by, 0, reason, time.instant()).end()));
    }

    @Override
    public void accepted(Call call, Device answering) {
        Instant at = call.answeredAt().orElseGet(time::instant);
        tell(call.caller(), "call:accepted", answer(call, Optional.empty(), at));
        tellOtherDevices(call, answering, ANSWERED_ELSEWHERE, at);
    }

    @Override
    public void rejected(Call call, Device answering) {
        Ending ending = call.over();
        tell(call.caller(), "call:rejected", answer(call, ending.reason(), ending.at()));
        tellOtherDevices(call, answering, "declined_elsewhere", ending.at());
    }

    @Override
    public void ended(Call call) {
        Ending ending = call.over();
        UserId by = ending.by().orElse(call.caller());
        tell(call.other(by), ENDED, ended(call, by, ending.seconds(), ending.reason(), ending.at()));
    }

    @Override
    public void missed(Call call) {
        String at = Timestamps.of(call.over().at());
        tell(
                call.caller(),
                "call:missed",
                about(call).put("recipientId", call.callee().value()).put("timestamp", at));
        tell(
                call.callee(),
                "call:missed",
                about(call).put("callerId", call.caller().value()).put("timestamp", at));
    }

    @Override
    public void signaled(Call call, Signal signal) {
        ObjectWriter data = about(call)
                .put("senderId", signal.sender().value())
                .put("signal", signal.content())
                .put("signalType", CallJson.word(signal.type()))
                .put("timestamp", Timestamps.of(time.instant()));
        tell(call.other(signal.sender()), "call:signal", data);
    }

    /** Volatile: by the time a slow client reads it the line may be well again. */
    @Override
    public void degraded(Call call, Device reporter, QualityReport report, QualityIssue issue) {
        Payload data = about(call)
                .put("issue", CallJson.word(issue))
                .put("metrics", report.metrics())
                .put("timestamp", Timestamps.of(time.instant()))
                .end();
        publish(new Delivery(
                List.of(Audience.user(call.other(reporter.user()))), List.of(), "call:qualityIssue", data, true));
    }

    private void tellOtherDevices(Call call, Device answering, String reason, Instant at) {
        Payload data = ended(call, call.callee(), 0, Optional.of(reason), at).end();
        publish(Delivery.of(Audience.user(call.callee()), ENDED, data).butNot(Audience.session(answering.session())));
    }

    private static ObjectWriter answer(Call call, Optional<String> reason, Instant at) {
        return about(call)
                .put("recipientId", call.callee().value())
                .put("reason", reason)
                .put("timestamp", Timestamps.of(at));
    }

    private static ObjectWriter ended(Call call, UserId by, long seconds, Optional<String> reason, Instant at) {
        return about(call)
                .put("endedBy", by.value())
                .put("duration", seconds)
                .put("reason", reason)
                .put("timestamp", Timestamps.of(at));
    }

    private static ObjectWriter about(Call call) {
        return Payload.object().put("callId", call.id().value());
    }

    private void tell(UserId user, String event, ObjectWriter data) {
        publish(Delivery.of(Audience.user(user), event, data.end()));
    }

    private void publish(Delivery delivery) {
        fanout.publish(delivery);
    }
}
