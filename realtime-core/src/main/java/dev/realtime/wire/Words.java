package dev.realtime.wire;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.engine.Vocabulary;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.fanout.Delivery;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.Session;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the engine says to clients: greetings, refusals, farewells. */
public final class Words implements Vocabulary {

    /** The words of the contract. */
    public Words() {}

    @Override
    public Refusal turnedAway(ErrorCode code, Optional<Duration> retryAfter) {
        return switch (code) {
            case RATE_LIMITED -> refusal(429, code, "Rate limit exceeded", CloseReason.RATE, retryAfter);
            case SERVER_DRAINING -> refusal(503, code, "Server is draining", CloseReason.DRAINING, retryAfter);
            default -> refusal(503, code, "Too many connections", CloseReason.RATE, retryAfter);
        };
    }

    @Override
    public Refusal foreignOrigin() {
        Payload body =
                Payload.object().put("code", 4).put("message", "Forbidden").end();
        return new Refusal(403, body.toString(), CloseReason.FORBIDDEN_ORIGIN);
    }

    @Override
    public Outbound.Event greeting(Session session, String namespace, Instant now, boolean isRecovered) {
        Payload data = Payload.object()
                .putPlain("socketId", session.id().value())
                .putPlain("userId", session.principal().user().value())
                .put("role", session.principal().role())
                .put("expiresAt", session.principal().expiresAt().map(Timestamps::of))
                .put("recovered", isRecovered)
                .put("serverTime", now.toEpochMilli())
                .putPlain("timestamp", Timestamps.of(now))
                .end();
        return new Outbound.Event(namespace, "connected", List.of(data));
    }

    @Override
    public Outbound.Refused refusal(String namespace, RealtimeException reason) {
        Payload data = Payload.object().put("code", code(reason).wire()).end();
        return new Outbound.Refused(namespace, sentence(reason), Optional.of(data));
    }

    @Override
    public Outbound.Refused unknownNamespace(String namespace) {
        return new Outbound.Refused(namespace, "Invalid namespace", Optional.empty());
    }

    @Override
    public Outbound.Event farewell(String namespace, Duration comeBackAfter, Instant now) {
        Payload data = Payload.object()
                .put("message", "Server is shutting down")
                .putPlain("timestamp", Timestamps.of(now))
                .put("reconnectAfterMs", comeBackAfter.toMillis())
                .end();
        return new Outbound.Event(namespace, "server:shutdown", List.of(data));
    }

    @Override
    public Delivery expiring(Session session, Instant expiresAt, Instant now) {
        return AuthEvents.expiring(session, expiresAt, now);
    }

    @Override
    public Outbound.Event expired(String namespace, Instant expiresAt, Instant now) {
        return AuthEvents.expired(namespace, expiresAt, now);
    }

    @Override
    public Payload failure(Throwable cause, String text) {
        return Failures.of(cause, text);
    }

    @Override
    public Payload tooFast(Duration retryAfter) {
        return Failures.tooFast(retryAfter);
    }

    @Override
    public Payload unknownEvent() {
        return Failures.unknownEvent();
    }

    /** A failure that is not one of a connect is one of the check: a store of keys or users that is away. */
    private static ErrorCode code(RealtimeException reason) {
        boolean isOfConnect = reason instanceof AuthenticationException
                || reason.code() == ErrorCode.TOO_MANY_CONNECTIONS
                || reason.code() == ErrorCode.SERVER_DRAINING;
        return isOfConnect ? reason.code() : ErrorCode.VERIFICATION_FAILED;
    }

    private static String sentence(RealtimeException reason) {
        if (reason instanceof AuthenticationException refused) {
            return refused.reason().text();
        }
        return switch (reason.code()) {
            case TOO_MANY_CONNECTIONS -> "Too many connections";
            case SERVER_DRAINING -> "Server is draining";
            default -> AuthenticationException.Reason.VERIFICATION_FAILED.text();
        };
    }

    private static Refusal refusal(
            int status, ErrorCode code, String message, CloseReason reason, Optional<Duration> retryAfter) {
        Payload body = Payload.object()
                .put("code", code.wire())
                .put("message", message)
                .end();
        return new Refusal(status, body.toString(), reason, retryAfter);
    }
}
