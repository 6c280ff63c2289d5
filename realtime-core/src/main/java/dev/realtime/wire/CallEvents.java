package dev.realtime.wire;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.Call;
import dev.realtime.call.CallNotFoundException;
import dev.realtime.call.CallPage;
import dev.realtime.call.CallSignaler;
import dev.realtime.call.CallType;
import dev.realtime.call.Device;
import dev.realtime.call.IceServers;
import dev.realtime.call.NewCall;
import dev.realtime.call.QualityReport;
import dev.realtime.call.Signal;
import dev.realtime.call.SignalType;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What clients do with calls: {@code call:initiate}, {@code call:accept} and so on. */
public final class CallEvents {
    private static final int MAX_METADATA = 4_096;
    private static final int MAX_SIGNAL = 65_536;
    private static final int MAX_REASON = 200;
    private static final int DEFAULT_PAGE = 50;

    private final CallSignaler calls;
    private final IceServers servers;

    private CallEvents(CallSignaler calls, IceServers servers) {
        this.calls = calls;
        this.servers = servers;
    }

    /** Has the call events of clients handled by {@code calls}. */
    public static void route(Router router, CallSignaler calls, IceServers servers) {
        CallEvents events = new CallEvents(calls, servers);
        router.onCall("call:initiate", "Failed to initiate call", events::initiate);
        router.on("call:accept", "Failed to accept call", events::accept);
        router.on("call:reject", "Failed to reject call", events::reject);
        router.on("call:end", "Failed to end call", events::end);
        router.on("call:signal", "Failed to relay signal", events::signal);
        router.on("call:quality", "Failed to report quality", events::quality);
        router.on("call:history", "Failed to fetch call history", events::history);
        router.on("call:iceServers", "Failed to get ICE servers", events::iceServers);
    }

    private CompletionStage<Payload> initiate(Incoming event) {
        Fields fields = Fields.of(event);
        Optional<UserId> callee = fields.id("recipientId", UserId::new);
        Optional<CallType> type = fields.choice("callType", CallJson.TYPES);
        Optional<VisitId> visit = fields.id("visitId", VisitId::new);
        Optional<Payload> metadata = fields.object("metadata");
        metadata.ifPresent(value -> requireSize("metadata", value, MAX_METADATA));
        NewCall wanted = new NewCall(
                callee.orElseThrow(() -> new MissingFieldException("recipientId is required")), visit, type, metadata);
        return done(state(calls.initiate(event.session().principal(), wanted)));
    }

    private CompletionStage<Payload> accept(Incoming event) {
        return done(state(calls.accept(device(event), id(Fields.of(event)))));
    }

    private CompletionStage<Payload> reject(Incoming event) {
        Fields fields = Fields.of(event);
        Optional<String> reason = fields.text("reason");
        if (reason.stream().anyMatch(said -> said.length() > MAX_REASON || said.indexOf('\0') >= 0)) {
            throw new InvalidValueException("reason", "is too long, or holds a character that no database keeps");
        }
        return done(state(calls.reject(device(event), id(fields), reason)));
    }

    private CompletionStage<Payload> end(Incoming event) {
        Fields fields = Fields.of(event);
        OptionalLong seconds = fields.number("duration");
        Call ended = calls.end(user(event), id(fields), seconds);
        return done(state(ended).put("duration", ended.over().seconds()));
    }

    private CompletionStage<Payload> signal(Incoming event) {
        Fields fields = Fields.of(event);
        Payload content = fields.any("signal").orElseThrow(() -> new InvalidValueException("signal", "is missing"));
        requireSize("signal", content, MAX_SIGNAL);
        SignalType type = fields.choice("signalType", CallJson.SIGNALS)
                .orElseThrow(() -> new InvalidValueException("signalType", "is missing"));
        Optional<UserId> recipient = fields.id("recipientId", UserId::new);
        calls.signal(new Signal(id(fields), user(event), recipient, type, content));
        return done(success());
    }

    private CompletionStage<Payload> quality(Incoming event) {
        Fields fields = Fields.of(event);
        Payload metrics =
                fields.object("metrics").orElseThrow(() -> new InvalidValueException("metrics", "is missing"));
        requireSize("metrics", metrics, MAX_METADATA);
        Fields values = fields.within("metrics").orElseThrow();
        values.decimal("audioLevel");
        values.decimal("frameRate");
        values.text("videoResolution");
        QualityReport report = new QualityReport(
                values.decimal("packetsLost"),
                values.decimal("latency"),
                values.decimal("jitter"),
                values.decimal("bitrate"),
                metrics);
        calls.report(device(event), id(fields), report);
        return done(success());
    }

    private CompletionStage<Payload> history(Incoming event) {
        Fields fields = event.data().isEmpty() ? Fields.NONE : Fields.of(event);
        long limit = fields.number("limit").orElse(DEFAULT_PAGE);
        Optional<Instant> before = fields.moment("before");
        int count = (int) Math.max(1, Math.min(CallSignaler.MAX_PAGE, limit));
        CallPage page = calls.history(user(event), before, count);
        return done(success().putEach("calls", page.calls(), CallJson::write).put("hasMore", page.hasMore()));
    }

    private CompletionStage<Payload> iceServers(Incoming event) {
        return done(success()
                .putEach("iceServers", servers.of(user(event)), CallJson::write)
                .put("ttl", servers.timeToLive().toSeconds()));
    }

    /** A text that cannot be an id is one of a call that does not exist, and so is none at all. */
    private static CallId id(Fields fields) {
        String id = fields.text("callId").orElse("");
        try {
            return new CallId(id);
        } catch (IllegalArgumentException none) {
            throw new CallNotFoundException("no call can have the id that was given");
        }
    }

    private static void requireSize(String field, Payload value, int most) {
        if (value.size() > most) {
            throw new InvalidValueException(field, "is too large");
        }
    }

    private static UserId user(Incoming event) {
        return event.session().principal().user();
    }

    private static Device device(Incoming event) {
        return new Device(user(event), event.session().id());
    }

    private static ObjectWriter state(Call call) {
        return success().put("callId", call.id().value()).put("status", CallJson.word(call.state()));
    }

    private static ObjectWriter success() {
        return Payload.object().put("success", true);
    }

    private static CompletionStage<Payload> done(ObjectWriter reply) {
        return CompletableFuture.completedFuture(reply.end());
    }
}
