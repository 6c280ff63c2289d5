package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Principal;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Renewal;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.fanout.Delivery;
import dev.realtime.json.Payload;
import dev.realtime.json.Payload.Kind;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tokens on the wire: {@code auth:refresh} of a client, and what it hears of the end of its token. That the end is near
 * is an event like any other, which a client that missed it hears again; that it has come is said on the connection that
 * ends with it, and never again.
 */
public final class AuthEvents {
    private AuthEvents() {}

    /** Has {@code auth:refresh} handled by {@code renewal}. */
    public static void route(Router router, Renewal renewal) {
        router.on("auth:refresh", Reason.VERIFICATION_FAILED.text(), event -> refresh(renewal, event));
    }

    static Delivery expiring(Session session, Instant expiresAt, Instant now) {
        return Delivery.of(Audience.session(session.id()), "auth:expiring", json(expiresAt, now));
    }

    static Outbound.Event expired(String namespace, Instant expiresAt, Instant now) {
        return new Outbound.Event(namespace, "auth:expired", List.of(json(expiresAt, now)));
    }

    private static CompletionStage<Payload> refresh(Renewal renewal, Incoming event) {
        Payload data = event.data()
                .filter(object -> object.is(Kind.OBJECT))
                .orElseThrow(() -> new InvalidValueException("payload", "is missing or no object"));
        requireToken(data.get("token"));
        Principal proven = renewal.renew(event.session(), data);
        return CompletableFuture.completedFuture(Payload.object()
                .put("success", true)
                .put("expiresAt", proven.expiresAt().map(Timestamps::of))
                .end());
    }

    /** The token has to be here: the one of the handshake is the one that is to be replaced. */
    private static void requireToken(Optional<Payload> token) {
        if (token.isPresent() && !token.get().is(Kind.TEXT)) {
            throw new AuthenticationException(Reason.INVALID_TOKEN, "the token is not a text");
        }
        if (token.map(Payload::asText).filter(text -> !text.isEmpty()).isEmpty()) {
            throw new AuthenticationException(Reason.NO_TOKEN, "no token to refresh with");
        }
    }

    private static Payload json(Instant expiresAt, Instant now) {
        return Payload.object()
                .put("expiresAt", Timestamps.of(expiresAt))
                .put("timestamp", Timestamps.of(now))
                .end();
    }
}
