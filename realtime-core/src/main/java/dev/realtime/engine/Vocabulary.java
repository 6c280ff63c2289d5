package dev.realtime.engine;

import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.fanout.Delivery;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.Session;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the engine itself has to say to clients, in the words of the wire. Safe for many threads. */
public interface Vocabulary {

    /** The answer to a handshake that is turned away before there is a session. */
    Refusal turnedAway(ErrorCode code, Optional<Duration> retryAfter);

    /** The answer to a handshake from a page of somebody else. */
    Refusal foreignOrigin();

    /** The first event of a session, after its connect was answered. */
    Outbound.Event greeting(Session session, String namespace, Instant now, boolean isRecovered);

    /** The answer to a connect that is refused. */
    Outbound.Refused refusal(String namespace, RealtimeException reason);

    /** The answer to a connect to a namespace that does not exist. */
    Outbound.Refused unknownNamespace(String namespace);

    /** What a client is told before this node closes its connection. */
    Outbound.Event farewell(String namespace, Duration comeBackAfter, Instant now);

    /** What the session's client is told a minute before its token runs out. */
    Delivery expiring(Session session, Instant expiresAt, Instant now);

    /** What a client is told whose token has run out, before its connection is closed. */
    Outbound.Event expired(String namespace, Instant expiresAt, Instant now);

    /** The answer to an event that failed; {@code text} is what clients read for failures of that event. */
    Payload failure(Throwable cause, String text);

    /** The answer to an event that came too early. */
    Payload tooFast(Duration retryAfter);

    /** The answer to an event that nobody handles. */
    Payload unknownEvent();
}
