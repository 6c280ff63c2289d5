package dev.realtime.protocol.plain;

import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.error.ErrorCode;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Refusal;
import java.util.Optional;

/** What a client reads before it is closed: {@code {"error":{"code","message"}}}. */
final class LastWord {
    private static final String START = "{\"error\":";

    private LastWord() {}

    /** The answer to a connect that is refused. */
    static Frame refusing(Outbound.Refused refused) {
        return frame(refused.data().orElseGet(Payload::emptyObject).with("message", Payload.of(refused.message())));
    }

    /** The answer to a handshake that is refused, where HTTP cannot say it any more. */
    static Optional<Frame> refusing(Refusal refusal) {
        Payload body = Payload.parse(refusal.body());
        boolean hasCode =
                body.get("code").filter(code -> code.is(Payload.Kind.TEXT)).isPresent();
        return hasCode ? Optional.of(frame(body)) : beforeGreeting(refusal.reason());
    }

    /** With which reason a connection ends whose first frame this is; empty when the frame refuses nothing. */
    static Optional<CloseReason> endAfter(Frame first) {
        String text = first.text();
        return text.startsWith(START)
                ? Payload.parse(text)
                        .get("error")
                        .flatMap(error -> error.get("code"))
                        .map(Payload::asText)
                        .or(() -> Optional.of(""))
                        .map(LastWord::reasonOf)
                : Optional.empty();
    }

    /** Before a close without a session. */
    static Optional<Frame> beforeGreeting(CloseReason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> Optional.of(frame(ErrorCode.NO_TOKEN.wire(), Reason.NO_TOKEN.text()));
            case TIMEOUT -> Optional.of(frame("connect_timeout", "Connect timeout"));
            case FORBIDDEN_ORIGIN -> Optional.of(frame("forbidden_origin", "Forbidden"));
            case DRAINING -> Optional.of(frame(ErrorCode.SERVER_DRAINING.wire(), "Server is draining"));
            default -> afterGreeting(reason);
        };
    }

    /** Before a close of a session; the reasons that are told by an event, or by the code alone, have none. */
    static Optional<Frame> afterGreeting(CloseReason reason) {
        return switch (reason) {
            case BAD_FRAME -> Optional.of(frame("bad_frame", "Bad frame"));
            case SLOW_CONSUMER -> Optional.of(frame("slow_consumer", "Slow consumer"));
            case TOO_LARGE -> Optional.of(frame("too_large", "Frame too large"));
            case RATE -> Optional.of(frame(ErrorCode.RATE_LIMITED.wire(), "Rate limit exceeded"));
            default -> Optional.empty();
        };
    }

    private static CloseReason reasonOf(String code) {
        if (code.equals(ErrorCode.TOO_MANY_CONNECTIONS.wire())) {
            return CloseReason.RATE;
        }
        return code.equals(ErrorCode.SERVER_DRAINING.wire()) ? CloseReason.DRAINING : CloseReason.UNAUTHENTICATED;
    }

    private static Frame frame(String code, String message) {
        return frame(Payload.object().put("code", code).put("message", message).end());
    }

    private static Frame frame(Payload error) {
        return PlainEncoder.frame(Payload.object().put("error", error));
    }
}
