package dev.realtime.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a handshake is turned away, in the words of HTTP and of WebSocket: {@code status}, {@code body} and
 * {@code retryAfter}, or {@code lastWord} and {@code reason}.
 *
 * @param status the HTTP status where the container can still answer one
 * @param body the JSON body of that answer
 * @param reason the close reason where the upgrade has already been accepted
 * @param retryAfter when to come back, for a refusal that a wait helps against
 * @param lastWord what the protocol says before that close, where it says anything
 */
public record Refusal(
        int status, String body, CloseReason reason, Optional<Duration> retryAfter, Optional<Frame> lastWord) {

    /** A refusal about which the protocol says nothing before the close. */
    public Refusal(int status, String body, CloseReason reason, Optional<Duration> retryAfter) {
        this(status, body, reason, retryAfter, Optional.empty());
    }

    /** A refusal that waiting does not change. */
    public Refusal(int status, String body, CloseReason reason) {
        this(status, body, reason, Optional.empty());
    }
}
